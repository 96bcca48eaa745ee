import { globSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Listening, listen } from "./listen.ts";

type Row = Readonly<Record<string, unknown>>;

/** One case of spec/conformance/once, whose schema says what the fields mean. */
export interface OnceCase {
  readonly name: string;
  readonly summary: string;
  readonly service: {
    readonly packages?: readonly Row[];
    readonly posts: readonly string[];
    readonly lists?: readonly string[];
    readonly row?: Row;
    readonly lag?: number;
    readonly meanwhile?: readonly Row[];
    readonly ignoresFilter?: true;
    readonly allowsSecond?: true;
  };
  readonly expect: {
    readonly posts: number;
    readonly purchases: number;
    readonly result?: { readonly found: boolean; readonly id: string };
    readonly error?: { readonly status: number };
    readonly cannotKnow?: { readonly candidates: readonly (string | null)[] };
  };
}

const folder = new URL("../../../spec/conformance/once/", import.meta.url);
const files = () =>
  globSync("*.json", { cwd: folder })
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));

/** All cases, from all files. */
export function onceCases(): OnceCase[] {
  return files().flatMap(({ cases = [] }) => cases);
}

/** The request of every case. */
export function onceRequest(): { sim: string; package_template: number } {
  return files().find(({ request }) => request).request;
}

interface Service {
  packages: Row[];
  /** Bought, and not shown yet. */
  hidden: Row[];
  posts: number;
  lists: number;
  purchases: number;
  /** How many lists have been returned since the first purchase. */
  looks: number;
}

const JSON_TYPE = { "content-type": "application/json" };

/**
 * A server with a base path for each case, `/NAME`, which a request for `/NAME/_again` resets. `GET /NAME/_seen` returns how many purchases
 * were requested, and how many happened.
 */
export async function startOnceServer(): Promise<Listening> {
  const cases = new Map(onceCases().map((each) => [each.name, each]));
  const services = new Map<string, Service>();

  const server = createServer(async (request, response) => {
    const [, name = "", path = "", query = ""] = /^\/([^/]+)\/([^?]*)\??(.*)$/.exec(request.url ?? "") ?? [];
    const found = cases.get(name);
    if (!found) return response.writeHead(404).end();
    const fresh = {
      packages: [...(found.service.packages ?? [])],
      hidden: [],
      posts: 0,
      lists: 0,
      purchases: 0,
      looks: 0,
    };
    const service: Service = services.get(name) ?? fresh;
    services.set(name, service);
    if (path === "_again") {
      services.delete(name);
      return response.end();
    }
    if (path === "_seen") {
      const { posts, purchases } = service;
      return response.writeHead(200, JSON_TYPE).end(JSON.stringify({ posts, purchases }));
    }
    const body = await text(request);
    if (request.method === "POST") buy(found.service, service, JSON.parse(body), response);
    else list(found.service, service, new URLSearchParams(query), response);
  });
  return listen(server);
}

function buy(script: OnceCase["service"], service: Service, request: Row, response: ServerResponse): void {
  const step = script.posts[service.posts++] ?? "done";
  if (service.posts === 1) service.packages.push(...(script.meanwhile ?? []));
  const refuse = (status: number) =>
    response.writeHead(status, JSON_TYPE).end(JSON.stringify({ message: `no, ${status}` }));
  const [what = "", when] = step.split(" ");
  const isCarriedOut = step === "done" || when === "after";
  if (!isCarriedOut && /^\d+$/.test(what)) return void refuse(Number(what));
  const isLive = [...service.packages, ...service.hidden].some(
    ({ sim, status }) => sim === request.sim && status !== "TERMINATED",
  );
  if (isCarriedOut && isLive && !script.allowsSecond) return void refuse(409);
  const row = {
    id: `pkg_new${service.purchases + 1}`,
    sim: request.sim,
    package_template: { id: request.package_template, name: "Europe" },
    status: "NOT_ACTIVE",
    created_date: 1_700_000_000_000,
  };
  if (isCarriedOut) {
    service.purchases++;
    const shown = Object.entries({ ...row, ...script.row }).filter(([, value]) => value !== null);
    service.hidden.push(Object.fromEntries(shown));
  }
  if (what === "lost") response.socket?.destroy();
  else if (what === "page") response.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>");
  else if (what === "redirect") response.writeHead(302, { location: "/" }).end();
  else if (what === "done") response.writeHead(201, JSON_TYPE).end(JSON.stringify(row));
  else refuse(Number(what));
}

function list(
  script: OnceCase["service"],
  service: Service,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const step = script.lists?.[service.lists++] ?? "ok";
  if (step !== "ok") return void response.writeHead(Number(step), JSON_TYPE).end('{"message":"no list"}');
  if (service.hidden.length > 0 && service.looks++ >= (script.lag ?? 0)) {
    service.packages.push(...service.hidden);
    service.hidden = [];
  }
  const sim = query.get("sim");
  const rows = service.packages.filter(
    (row) => script.ignoresFilter || row.sim === undefined || row.sim === sim,
  );
  const offset = Number(query.get("offset") ?? 0);
  const packages = rows.slice(offset, offset + Number(query.get("count") ?? 100));
  const page = { total: rows.length, count: packages.length, offset, packages };
  response.writeHead(200, JSON_TYPE).end(JSON.stringify(page));
}
