/**
 * The same answer with its body in memory. Status and the like are laid over, because `Response` cannot be constructed
 * with the statuses, URL and type that the platform gives to those of its own.
 */
export function buffered(
  original: Response,
  text: string,
  headers: HeadersInit = original.headers,
): Response {
  const copy = new Response(text || null, { headers });
  for (const name of ["status", "statusText", "ok", "url", "redirected", "type"] as const) {
    Object.defineProperty(copy, name, { value: original[name] });
  }
  return copy;
}
