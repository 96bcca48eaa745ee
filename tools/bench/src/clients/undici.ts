import { Agent, request } from "undici";
import { headers, listPath, onePath, type Reader } from "./reader.ts";

/** `request` of the npm package, as its documentation has it, with an agent of its own as `fetch` has one. */
export function undiciRequest(url: string): Reader {
  const dispatcher = new Agent();
  const get = async <Data>(path: string) => {
    const { body } = await request(url + path, { headers, dispatcher });
    return (await body.json()) as Data;
  };
  return { one: (id) => get(onePath(id)), list: (count, offset) => get(listPath(count, offset)) };
}
