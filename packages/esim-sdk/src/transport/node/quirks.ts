import { isWrite } from "../../errors.ts";
import type { WireRequest } from "../exchange.ts";

interface Runtime {
  readonly process?: { readonly versions?: { readonly node?: string } };
  readonly Deno?: object;
  readonly Bun?: object;
}

/**
 * Options for a fetch Request. On runtimes whose fetch repeats requests by itself, a write gets a stream as its body, because a stream that
 * was read cannot be sent again. Node's fetch repeats after 421, Deno's when a kept-alive connection breaks.
 */
export function initFor({ method, headers, body }: WireRequest): RequestInit {
  const { Deno, Bun, process } = globalThis as Runtime;
  const canRepeat = Deno || (process?.versions?.node && !Bun);
  if (!canRepeat || !isWrite(method))
    return { method, headers: { ...headers }, ...(body !== undefined && { body }) };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    method,
    // Without it, Node would use chunked encoding.
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
