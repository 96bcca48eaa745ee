import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, onTestFinished, vi } from "vitest";
import { connectMock, type Mock, type MockOptions, startMock } from "../src/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether the mocks of this run have a fast path: they must answer alike without it. */
    fastPath: boolean;
    /** Whether tests get the mock by `connectMock`, as if it ran elsewhere. */
    isConnected: boolean;
  }
}

/** Any two keys will do: the mock only looks whether they are there. */
export const keys = { "x-user-id": "user", "x-api-key": "key" };

/** A mock on a free port, closed when the test ends. */
export async function mockForTest(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock({ port: 0, fastPath: inject("fastPath"), ...options });
  onTestFinished(() => mock.close());
  return inject("isConnected") && options.control !== false ? connectMock(mock.url) : mock;
}

/** The machine's own clock, which is the test's to move until it ends, and which nobody tells the mock about. */
export function machineClock(): { readonly now: number; readonly moveTo: (time: number) => void } {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return { now: Date.now(), moveTo: (time) => void vi.setSystemTime(time) };
}

/** Writes a file that is gone when the test ends. Without content only its path is made up. */
export async function fileForTest(name: string, content?: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "esim-mock-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, name);
  if (content !== undefined) await writeFile(file, content);
  return file;
}

/** An error of the mock's: JSON in the contract's shape, with the status in it too. Gives its message. */
export async function errorMessage(response: Response): Promise<string> {
  const body = (await response.json()) as { message: string; statusCode: number };
  const shape = [response.headers.get("content-type"), body.statusCode, Object.keys(body).sort()];
  const expected = ["application/json", response.status, ["message", "statusCode"]];
  if (JSON.stringify(shape) !== JSON.stringify(expected)) {
    throw new Error(`not an error body: ${response.status} ${JSON.stringify(body)}`);
  }
  return body.message;
}

/** Sends JSON, as it stands. */
export function postJson(
  url: string,
  body: string,
  headers: Record<string, string> = keys,
): Promise<Response> {
  return fetch(url, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
}
