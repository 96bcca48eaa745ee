import { headers } from "../clients/reader.ts";
import { checkRows } from "../real-rows.ts";
import type { Mock } from "./servers.ts";

/** A request that mocks are loaded with. */
export interface MockRequest {
  readonly path: string;
  /** Rows of its answer. */
  readonly rows: number;
}

/** The requests, by what a table calls them. */
export async function requestsTo(url: string, { rows }: Mock): Promise<Record<string, MockRequest>> {
  const [first] = await readRows(url, { path: "/packages", rows });
  return {
    "GET /packages?count=2": { path: "/packages?count=2", rows: 2 },
    "GET /packages": { path: "/packages", rows },
    "GET /packages/{id}": { path: `/packages/${first?.id}`, rows: 1 },
  };
}

/** Asks once. @throws unless it is answered 200, with whole packages */
export async function readRows(url: string, { path, rows }: MockRequest): Promise<{ id: string }[]> {
  const answer = await fetch(url + path, { headers });
  if (answer.status !== 200) throw new Error(`${url}${path} answers ${answer.status}`);
  const body = await answer.json();
  const found = path.startsWith("/packages/") ? [body] : body.packages;
  checkRows(found, rows);
  return found;
}

/** Bytes of the answer's body. */
export async function bytesOf(url: string, { path }: MockRequest): Promise<number> {
  const answer = await fetch(url + path, { headers });
  return (await answer.arrayBuffer()).byteLength;
}
