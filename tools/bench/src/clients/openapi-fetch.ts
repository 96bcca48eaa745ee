import type { paths } from "@betatelltd/esim-sdk";
import createClient from "openapi-fetch";
import { headers, type Reader } from "./reader.ts";

export function openapiFetch(url: string): Reader {
  const client = createClient<paths>({ baseUrl: url, headers });
  return {
    one: async (id) => (await client.GET("/packages/{id}", { params: { path: { id } } })).data as never,
    list: async (count, offset) =>
      (await client.GET("/packages", { params: { query: { count, offset } } })).data as never,
  };
}
