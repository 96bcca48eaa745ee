import { isWrite } from "../../errors.ts";
import type { WireRequest } from "../exchange.ts";

interface Runtime {
  process?: { versions?: Record<string, string | undefined> };
  Deno?: { createHttpClient?(options: object): object };
  Bun?: object;
}

/**
 * What a request is made from, with what keeps a runtime from sending a write twice by itself:
 *
 * - Node's fetch repeats a request that is answered 421, unless its body is a stream.
 * - Deno's fetch repeats a request whose kept-alive connection breaks, so a write gets a connection of its own.
 */
export function initFor({ method, headers, body }: WireRequest): RequestInit {
  const init: RequestInit = { method, headers: { ...headers }, ...(body !== undefined && { body }) };
  if (!isWrite(method)) return init;
  const { Deno, Bun, process } = globalThis as Runtime;
  if (Deno?.createHttpClient)
    return { ...init, client: freshConnections(Deno.createHttpClient) } as RequestInit;
  if (Bun || !process?.versions?.node) return init;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    ...init,
    body: new ReadableStream({
      start(controller) {
        if (bytes?.length) controller.enqueue(bytes);
        controller.close();
      },
    }),
    // Else a stream is sent in chunks.
    headers: { ...headers, "content-length": `${bytes?.length ?? 0}` },
    duplex: "half",
  } as RequestInit;
}

let client: object | undefined;
function freshConnections(create: (options: object) => object): object {
  client ??= create({ poolMaxIdlePerHost: 0 });
  return client;
}
