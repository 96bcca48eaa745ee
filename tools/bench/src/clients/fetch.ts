import { headers, listPath, onePath, type Reader } from "./reader.ts";

/** The least that one can write. */
export function bareFetch(url: string): Reader {
  const get = async (path: string) => (await fetch(url + path, { headers })).json();
  return { one: (id) => get(onePath(id)), list: (count, offset) => get(listPath(count, offset)) };
}

/** With a time limit that covers the body. A controller with a timer that is cleared costs the same, within a percent or two. */
export function limitedFetch(url: string): Reader {
  const get = async (path: string) =>
    (await fetch(url + path, { headers, signal: AbortSignal.timeout(30_000) })).json();
  return { one: (id) => get(onePath(id)), list: (count, offset) => get(listPath(count, offset)) };
}
