import { type OddPackage, oddRow } from "./odd-row.ts";
import {
  contractual,
  type GetFault,
  type OddTraits,
  type OtherPackage,
  type PostFault,
} from "./odd-traits.ts";

/** The package that the callers request. */
export const ODD_REQUEST = { sim: "8910300000045682001", package_template: 21145354 } as const;
/** The next SIM of the same batch, and another template. */
const OTHER_SIM = "8910300000045682019";
const OTHER_TEMPLATE = 21145355;
const START = 1_761_330_317_000;
const HOUR = 3_600_000;
/** A caller that sends more requests than this would never end, and is refused. */
const PATIENCE = 1_000;

/** What was really bought, and by which caller. */
export interface OddPurchase {
  readonly caller: number;
  readonly sim: string;
  readonly template: number;
  readonly id: string;
}

/** A service fully determined by its traits: no timers, no randomness. */
export interface OddService {
  /** Replaces a client's `fetch`. The header `x-caller` selects the script to follow; 0 by default. */
  fetch(request: Request): Promise<Response>;
  /** The truth: what callers bought, even if no response said so. */
  readonly purchases: readonly OddPurchase[];
  /** The truth about every package. */
  readonly packages: readonly OddPackage[];
  /** What happened to each purchase, in order of arrival. */
  readonly attempts: readonly { readonly caller: number; readonly fault: PostFault }[];
  /** The number of requests so far. */
  readonly requests: () => number;
  /** Carries out purchases that are still in transit. */
  settle(): void;
}

/** Creates the service that `traits` describe. */
export function oddService(traits: OddTraits): OddService {
  const packages: OddPackage[] = [];
  const purchases: OddPurchase[] = [];
  const attempts: { caller: number; fault: PostFault }[] = [];
  const shownFrom = new Map<OddPackage, number>();
  const underWay: { due: number; carryOut(): void }[] = [];
  const asked = traits.callers.map(() => ({ GET: 0, POST: 0 }));
  let requests = 0;
  let lists = 0;

  function add(each: Omit<OddPackage, "id" | "created">, ahead: number): OddPackage {
    const number = 1_001 + packages.length;
    const made = { ...each, id: `${number}`, created: START + ahead + number };
    packages.push(made);
    if (!each.isOlder) shownFrom.set(made, lists + traits.lag);
    return made;
  }
  const isTaken = (sim: string) =>
    traits.hasConflict && packages.some((each) => each.sim === sim && each.isLive);
  const addOther = (isOlder: boolean, each: OtherPackage) => {
    const sim = each.isSameSim ? ODD_REQUEST.sim : OTHER_SIM;
    const template = each.isSameTemplate ? ODD_REQUEST.package_template : OTHER_TEMPLATE;
    const isLive = each.isLive || !isOlder;
    if (!isLive || !isTaken(sim)) add({ sim, template, isLive, isOlder }, each.isAhead ? HOUR : 0);
  };
  for (const each of traits.older) addOther(true, each);
  for (const each of traits.meanwhile) underWay.push({ due: each.at, carryOut: () => addOther(false, each) });

  function buy(caller: number, { sim, package_template }: typeof ODD_REQUEST): OddPackage | undefined {
    if (isTaken(sim)) return undefined;
    const ahead = HOUR / 2 + traits.skew;
    const made = add({ sim, template: package_template, isLive: true, isOlder: false }, ahead);
    purchases.push({ caller, sim, template: package_template, id: made.id });
    return made;
  }

  function post(caller: number, fault: PostFault, body: typeof ODD_REQUEST): Response {
    attempts.push({ caller, fault });
    const carryOut = () => buy(caller, body);
    if (fault === "late") underWay.push({ due: requests + traits.delay, carryOut });
    const made = fault === "none" || fault.endsWith("after") ? carryOut() : undefined;
    if (fault !== "none") return mishap(fault.split(" ")[0]);
    return made ? json(201, oddRow(made, traits.newRows)) : said(409);
  }

  function get(fault: GetFault, query: URLSearchParams): Response {
    if (fault !== "none") return mishap(fault);
    const sim = traits.ignoresSim ? null : query.get("sim");
    const template = query.get("package_template");
    const status = query.get("status");
    const shown = packages.filter(
      (each) =>
        lists >= (shownFrom.get(each) ?? 0) &&
        each.sim === (sim ?? each.sim) &&
        each.template === Number(template ?? each.template) &&
        (!status || status === (each.isLive ? "NOT_ACTIVE" : "TERMINATED")),
    );
    lists++;
    const offset = Number(query.get("offset") ?? 0);
    const page = shown.reverse().slice(offset, offset + Number(query.get("count") ?? 100));
    const olderRows = traits.isFickle && attempts.length > 0 ? contractual : traits.olderRows;
    const rows = page.map((each) => oddRow(each, each.isOlder ? olderRows : traits.newRows));
    return json(200, { total: shown.length, count: rows.length, offset, packages: rows });
  }

  function arrive(isDue: (each: { due: number }) => boolean): void {
    for (const each of underWay.filter(isDue)) {
      underWay.splice(underWay.indexOf(each), 1);
      each.carryOut();
    }
  }

  return {
    purchases,
    packages,
    attempts,
    requests: () => requests,
    settle: () => arrive(() => true),
    async fetch(request) {
      const body = request.method === "POST" ? ((await request.json()) as typeof ODD_REQUEST) : undefined;
      const caller = Number(request.headers.get("x-caller") ?? 0);
      const script = traits.callers[caller];
      const nth = asked[caller];
      const { pathname, searchParams } = new URL(request.url);
      if (!script || !nth || !pathname.endsWith("/packages")) return said(404);
      if (++requests > PATIENCE) return said(401);
      arrive(({ due }) => due <= requests);
      return body
        ? post(caller, script.posts[nth.POST++] ?? "none", body)
        : get(script.gets[nth.GET++] ?? "none", searchParams);
    },
  };
}

const json = (status: number, body: unknown) => Response.json(body, { status });
const said = (status: number) => json(status, { message: `because of ${status}`, statusCode: status });

/** What is returned in place of a receipt or a list. @throws what `fetch` throws without a response */
function mishap(kind: string | undefined): Response {
  switch (kind) {
    case "lost":
    case "late":
      throw failure("ECONNRESET", "read");
    case "connection":
      throw failure("ECONNREFUSED", "connect");
    case "page":
      return new Response("<h1>Sign in</h1>", { status: 200, headers: { "content-type": "text/html" } });
    case "no list":
      return json(200, { message: "back in an hour" });
    case "empty":
      return new Response("", { status: 201 });
    case "302":
      return new Response(null, { status: 302, headers: { location: "https://sign-in.example/" } });
    default:
      return said(Number(kind));
  }
}

function failure(code: string, syscall: string): TypeError {
  const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
  return new TypeError("fetch failed", { cause });
}
