import type { Answer } from "./answer.ts";

/**
 * The answer as a fetch `Response` whose body can be read any number of times.
 *
 * Status and headers are patched in, because `Response` cannot be constructed with every status that servers send, nor with a body for
 * every status it allows.
 * @param json implements `json()`; by default it parses the body
 */
export function toResponse(answer: Answer, json: () => unknown = () => JSON.parse(answer.text)): Response {
  const { status, statusText, text, bytes } = answer;
  const freshResponse = () => new Response((bytes as Uint8Array<ArrayBuffer> | undefined) ?? text);
  const headers = new Headers();
  for (const [name, value] of answer.headers()) headers.append(name, value);
  const response: Response = Object.defineProperties(freshResponse(), {
    status: { value: status },
    statusText: { value: statusText },
    ok: { value: isSuccess(status) },
    headers: { value: headers },
    body: { get: () => freshResponse().body },
    bodyUsed: { value: false },
  });
  return Object.assign(response, {
    arrayBuffer: () => freshResponse().arrayBuffer(),
    blob: () => freshResponse().blob(),
    bytes: async () => new Uint8Array(await freshResponse().arrayBuffer()),
    clone: () => toResponse(answer, json),
    json: async () => json(),
    text: () => freshResponse().text(),
  });
}

/** Whether a status means success. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
