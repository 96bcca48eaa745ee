import type { Redact } from "./redact.ts";

/**
 * The same answer with its body in memory. Status and the like are laid over, because `Response` cannot be constructed
 * with every status that there is, nor with a URL.
 */
export function buffered(original: Response, text: string, redact: Redact): Response {
  const headers = [...original.headers].map(([name, value]): [string, string] => [name, redact(value)]);
  const copy = new Response(text || null, { headers });
  for (const name of ["status", "statusText", "ok", "url"] as const) {
    Object.defineProperty(copy, name, { value: original[name] });
  }
  return copy;
}
