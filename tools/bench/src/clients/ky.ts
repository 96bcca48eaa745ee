import ky from "ky";
import { headers, type Reader } from "./reader.ts";

export function kyClient(url: string): Reader {
  const client = ky.create({ baseUrl: `${url}/`, headers });
  return {
    one: (id) => client.get(`packages/${id}`).json(),
    list: (count, offset) => client.get("packages", { searchParams: { count, offset } }).json(),
  };
}
