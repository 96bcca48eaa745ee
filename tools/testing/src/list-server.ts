import { globSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type Listening, listen } from "./listen.ts";

/** Which list, the field of its rows, and the field of a row that identifies it: a prefix and a number. */
export interface ListFields {
  readonly operation: string;
  readonly rows: string;
  readonly id: string;
  readonly prefix: string;
}

/** The list of a case that does not name one. */
export const PACKAGES: ListFields = { operation: "getPackages", rows: "packages", id: "id", prefix: "pkg_" };

/** One case of spec/conformance/lists, whose schema says what the fields mean. */
export interface ListCase {
  readonly name: string;
  readonly summary: string;
  readonly list?: ListFields;
  readonly pageSize?: number;
  readonly offset?: number;
  readonly service: {
    readonly rows: number;
    readonly most?: number;
    readonly total?: number | "none" | "page";
    readonly offset?: "ignored" | "echoed" | "clamped";
    readonly ids?: "none";
    readonly empty?: "null" | "missing";
    readonly page?: string;
    readonly failsAt?: number;
    readonly changes?: readonly { readonly after: number; readonly add?: number; readonly remove?: number }[];
  };
  readonly expect: {
    readonly rows?: { readonly first: number; readonly count: number };
    readonly others?: true;
    readonly alike?: number;
    readonly error?: true;
  };
}

const folder = new URL("../../../spec/conformance/lists/", import.meta.url);

/** All cases, from all files. */
export function listCases(): ListCase[] {
  const files = globSync("*.json", { cwd: folder }).sort();
  return files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).cases ?? []);
}

/** Without a prefix they are numbers, as in the contract. */
const idsOf = (prefix: string, count: number, first = 0) =>
  Array.from({ length: count }, (_, at) => (prefix ? `${prefix}${first + at}` : first + at));
const MOST = 100;

/** A server with a base path for each case, `/NAME`. A run begins with the first request, or again with a request for `/NAME/_again`. */
export async function startListServer(): Promise<Listening> {
  const cases = new Map(listCases().map((each) => [each.name, each]));
  const walks = new Map<string, { requests: number; ids: (string | number)[] }>();

  const pageOf = (
    name: string,
    { service, list = PACKAGES }: ListCase,
    query: URLSearchParams,
  ): string | undefined => {
    const walk = walks.get(name) ?? { requests: 0, ids: idsOf(list.prefix, service.rows) };
    walks.set(name, walk);
    for (const { after, add = 0, remove = 0 } of service.changes ?? []) {
      if (after === walk.requests)
        walk.ids = [...idsOf(list.prefix, add, after * 1_000_000), ...walk.ids.slice(remove)];
    }
    walk.requests++;
    if (service.failsAt !== undefined && walk.requests >= service.failsAt) return undefined;
    if (service.page !== undefined) return service.page;
    const asked = Number(query.get("offset") ?? 0);
    const count = Math.min(Number(query.get("count") ?? MOST), service.most ?? MOST);
    const last = Math.max(0, walk.ids.length - count);
    const from = { ignored: 0, echoed: 0, clamped: Math.min(asked, last), right: asked }[
      service.offset ?? "right"
    ];
    const rows = walk.ids
      .slice(from, from + count)
      .map((id) => ({ ...(service.ids !== "none" && { [list.id]: id }), status: "ACTIVE" }));
    const total = { none: undefined, page: rows.length, right: walk.ids.length };
    const page = {
      total: typeof service.total === "number" ? service.total : total[service.total ?? "right"],
      count: rows.length,
      offset: service.offset === "ignored" ? 0 : asked,
      [list.rows]: rows,
    };
    const empty = { null: null, missing: undefined, list: rows }[service.empty ?? "list"];
    return JSON.stringify(rows.length > 0 ? page : { ...page, [list.rows]: empty });
  };

  const server = createServer((request, response) => {
    const [, name = "", path = "", query = ""] = /^\/([^/]+)\/([^?]*)\??(.*)$/.exec(request.url ?? "") ?? [];
    const found = cases.get(name);
    if (!found) return response.writeHead(404).end();
    if (path === "_again") {
      walks.delete(name);
      return response.end();
    }
    const page = pageOf(name, found, new URLSearchParams(query));
    response.writeHead(page === undefined ? 500 : 200, { "content-type": "application/json" }).end(page);
  });
  return listen(server);
}
