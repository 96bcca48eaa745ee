import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, onTestFinished, vi } from "vitest";
import { connectMock, type Mock, type MockOptions, startMock } from "../src/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether the mocks of this run have a fast path: they must give the same answers without it. */
    fastPath: boolean;
    /** Whether tests get the mock through `connectMock`, as if it ran elsewhere. */
    isConnected: boolean;
  }
}

/** Any two keys work: the mock only checks that they are present. */
export const keys = { "x-user-id": "user", "x-api-key": "key" };

/** A mock on a free port, closed when the test ends. */
export async function mockForTest(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock({ port: 0, fastPath: inject("fastPath"), ...options });
  onTestFinished(() => mock.close());
  return inject("isConnected") && options.control !== false ? connectMock(mock.url) : mock;
}

/** The machine's own clock, which a test can move until it ends, without the mock being informed. */
export function machineClock(): { readonly now: number; readonly moveTo: (time: number) => void } {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return { now: Date.now(), moveTo: (time) => void vi.setSystemTime(time) };
}

/** Writes a file that is deleted when the test ends. Without content, only a path is returned. */
export async function fileForTest(name: string, content?: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "esim-mock-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, name);
  if (content !== undefined) await writeFile(file, content);
  return file;
}

/** The message of one of the mock's errors, after checking that it is JSON in the contract's shape with the status in it. */
export async function errorMessage(response: Response): Promise<string> {
  const body = (await response.json()) as { message: string; statusCode: number };
  const shape = [response.headers.get("content-type"), body.statusCode, Object.keys(body).sort()];
  const expected = ["application/json", response.status, ["message", "statusCode"]];
  if (JSON.stringify(shape) !== JSON.stringify(expected)) {
    throw new Error(`not an error body: ${response.status} ${JSON.stringify(body)}`);
  }
  return body.message;
}

/** Sends JSON text unchanged. */
export function postJson(
  url: string,
  body: string,
  headers: Record<string, string> = keys,
): Promise<Response> {
  return fetch(url, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
}
