import type { Answer } from "./answer.ts";

/**
 * The answer as a fetch `Response` whose body can be read as often as one likes.
 *
 * Status and headers are laid over it, because `Response` cannot be constructed with every status that servers send, nor with a body for
 * each that it knows.
 * @param json what `json()` does; by default it parses the body
 */
export function toResponse(answer: Answer, json: () => unknown = () => JSON.parse(answer.text)): Response {
  const { status, statusText, text, bytes } = answer;
  const again = () => new Response((bytes as Uint8Array<ArrayBuffer> | undefined) ?? text);
  const headers = new Headers();
  for (const [name, value] of answer.headers()) headers.append(name, value);
  const response: Response = Object.defineProperties(again(), {
    status: { value: status },
    statusText: { value: statusText },
    ok: { value: isSuccess(status) },
    headers: { value: headers },
    body: { get: () => again().body },
    bodyUsed: { value: false },
  });
  return Object.assign(response, {
    arrayBuffer: () => again().arrayBuffer(),
    blob: () => again().blob(),
    bytes: async () => new Uint8Array(await again().arrayBuffer()),
    clone: () => toResponse(answer, json),
    json: async () => json(),
    text: () => again().text(),
  });
}

/** Whether a status is one of success. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
