import { globSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { startMock } from "@betatelltd/esim-mock";
import { type Listening, listen } from "./listen.ts";

/** A request as the server received it. */
export interface Wire {
  readonly method: string;
  /** Percent-encoded, as `encodeURIComponent` does. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly keys: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One case of spec/conformance, whose README says what the fields mean. */
export interface ConformanceCase {
  readonly name: string;
  readonly summary: string;
  readonly operation: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly keys: Readonly<Record<string, string>>;
  readonly wire: Wire;
  readonly answer:
    | { readonly prefer: string }
    | ({ readonly status: number; readonly headers: Readonly<Record<string, string>> } & (
        | { readonly text: string }
        | { readonly base64: string }
      ));
  readonly expect: {
    readonly value?: Readonly<Record<string, unknown>>;
    readonly ids?: Readonly<Record<string, unknown>>;
    readonly bytes?: string;
    readonly noContent?: true;
    readonly error?: { readonly status: number; readonly message?: string };
  };
}

/** A case that a client does not pass, and the reason. */
export interface ConformanceException {
  readonly client: string;
  readonly case: string;
  readonly reason: string;
  /** The most closely related issue of the client's generator. */
  readonly issue?: string;
}

const folder = new URL("../../../spec/conformance/", import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** All cases, from all files. */
export function conformanceCases(): ConformanceCase[] {
  const files = globSync("*.json", { cwd: folder }).sort();
  return files.flatMap((file) => read(file).cases ?? []);
}

/** The cases that a client is known not to pass. */
export function conformanceExceptions(client: string): ConformanceException[] {
  return read("exceptions.json").exceptions.filter((each: ConformanceException) => each.client === client);
}

/** A server with a base path for each case, `/NAME`. `GET /NAME/_wire` returns what was sent there. */
export async function startConformanceServer(): Promise<Listening> {
  const cases = new Map(conformanceCases().map((each) => [each.name, each]));
  const sent = new Map<string, Wire[]>();
  const mock = await startMock({ port: 0 });
  const server = createServer(async (request, response) => {
    const [, name = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? "") ?? [];
    const found = cases.get(name);
    if (!found) return response.writeHead(404).end(`There is no case ${name}.`);
    if (path === "/_wire") {
      response.end(JSON.stringify(sent.get(name) ?? []));
      sent.delete(name);
      return;
    }
    const body = await text(request);
    sent.set(name, [...(sent.get(name) ?? []), toWire(request, path, body)]);
    const { answer } = found;
    if (!("prefer" in answer)) {
      const bytes = "text" in answer ? Buffer.from(answer.text) : Buffer.from(answer.base64, "base64");
      return response.writeHead(answer.status, answer.headers).end(bytes);
    }
    const real = await fetch(mock.url + path, {
      method: request.method ?? "GET",
      headers: { ...forMock(request), prefer: answer.prefer },
      ...(body && { body }),
    });
    const type = real.headers.get("content-type");
    response
      .writeHead(real.status, type ? { "content-type": type } : {})
      .end(Buffer.from(await real.arrayBuffer()));
  });
  const { url, close } = await listen(server);
  return {
    url,
    async close() {
      await Promise.all([close(), mock.close()]);
    },
  };
}

/** Except headers about the connection, such as the `Upgrade: h2c` of Java's client. */
function forMock({ headers }: IncomingMessage): Record<string, string> {
  const names = ["accept", "content-type", "x-user-id", "x-api-key"];
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}

function toWire({ method = "", headers }: IncomingMessage, target: string, body: string): Wire {
  const [path = "", query = ""] = target.split("?");
  const keys = ["x-user-id", "x-api-key"].flatMap((name) => {
    const value = headers[name];
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return {
    method,
    // Clients may escape more or fewer characters than necessary.
    path: path
      .split("/")
      .map((part) => encodeURIComponent(decodeURIComponent(part)))
      .join("/"),
    query: Object.fromEntries(new URLSearchParams(query)),
    keys: Object.fromEntries(keys),
    ...(body && { body: JSON.parse(body) }),
  };
}
