import { isWrite } from "../../errors.ts";
import type { WireRequest } from "../exchange.ts";

interface Runtime {
  readonly process?: { readonly versions?: { readonly node?: string } };
  readonly Deno?: object;
  readonly Bun?: object;
}

/**
 * What a request is made from. A write gets a stream for its body where the runtime's fetch repeats requests by itself: it cannot, of a
 * stream that it has read. Node's does so after 421, and Deno's when a kept-alive connection breaks.
 */
export function initFor({ method, headers, body }: WireRequest): RequestInit {
  const { Deno, Bun, process } = globalThis as Runtime;
  const repeats = Deno || (process?.versions?.node && !Bun);
  if (!repeats || !isWrite(method))
    return { method, headers: { ...headers }, ...(body !== undefined && { body }) };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    method,
    // Else Node would send it in chunks.
    headers: { ...headers, "content-length": `${bytes?.length ?? 0}` },
    body: new ReadableStream({
      start(controller) {
        if (bytes?.length) controller.enqueue(bytes);
        controller.close();
      },
    }),
    duplex: "half",
  } as RequestInit;
}
