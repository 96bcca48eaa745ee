import { type FaultSpec, startMock } from "@betatelltd/esim-mock";
import { type HostileServer, type Misbehaviour, startHostileServer } from "@betatelltd/esim-testing";
import { onTestFinished } from "vitest";

/** A SIM in the mock without a package. */
export const SIM = "8910300000045681955";
export const CREATE = ["packages", "create", "--sim", SIM, "--template", "21145354"];

/** Answers every request in the same way. */
export function answer(status: number, body: unknown): Misbehaviour {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Packages of one SIM with these ID numbers. */
export function packages(ids: readonly number[]): { id: string; sim: string; status: string }[] {
  return ids.map((n) => ({ id: `pkg_${n}`, sim: SIM, status: "ACTIVE" }));
}

/** A stateful mock, optionally with a fault; closed when the test ends. */
export async function mockWith(fault?: FaultSpec) {
  const mock = await startMock({ port: 0, stateful: true });
  onTestFinished(() => mock.close());
  if (fault) await mock.fault(fault);
  return mock;
}

/** For what the mock cannot do: other programs' answers, exact bytes, recorded headers. */
export async function serverThat(misbehave: Misbehaviour): Promise<HostileServer> {
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  return server;
}

/** A server with these packages: in pages filtered by SIM, and by ID. Answers every POST with 204. */
export function serverOf(
  rows: readonly { readonly id: string; readonly sim?: string; readonly [field: string]: unknown }[],
): Promise<HostileServer> {
  return serverThat((response, request, nth) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const id = decodeURIComponent(pathname.split("/")[2] ?? "");
    if (request.method === "POST") {
      response.writeHead(204).end();
    } else if (id) {
      const row = rows.find((each) => each.id === id);
      answer(row ? 200 : 404, row ?? { message: "no such package", statusCode: 404 })(response, request, nth);
    } else {
      const sim = searchParams.get("sim");
      const matching = rows.filter((row) => !sim || row.sim === sim);
      const offset = Number(searchParams.get("offset") ?? 0);
      const page = matching.slice(offset, offset + Number(searchParams.get("count") ?? 20));
      const body = { total: matching.length, count: page.length, offset, packages: page };
      answer(200, body)(response, request, nth);
    }
  });
}

/** Answers by method and path without the query: a body for a 200, or a function. Anything else is a 404. */
export type Routes = Readonly<Record<string, unknown>>;

/** A service with these answers. */
export function serviceOf(routes: Routes): Promise<HostileServer> {
  return serverThat((response, request, nth) => {
    const { pathname } = new URL(request.url ?? "", "http://x");
    const route = `${request.method} ${pathname}`;
    const found = routes[route];
    if (typeof found === "function") (found as Misbehaviour)(response, request, nth);
    else
      answer(route in routes ? 200 : 404, found ?? { message: "not there", statusCode: 404 })(
        response,
        request,
        nth,
      );
  });
}

/** A page of a list. */
export function pageOf(field: string, rows: readonly unknown[]): object {
  return { total: rows.length, count: rows.length, offset: 0, [field]: rows };
}

/** A line with everything switched on. */
export const LINE = {
  sim: SIM,
  data: { state: "ENABLED", active_throttling: "NO_LIMIT" },
  voice: { state: "ENABLED" },
  sms: { state: "ENABLED" },
  wallet_mode: "GROUP",
};

/** A profile that can be downloaded. */
export const PROFILE = {
  iccid: SIM,
  imsi: "310260123456789",
  state: "RELEASED",
  last_operation_date: 1_748_736_000_000,
  activation_code: "LPA:1$smdp.example.com$K7QX-2M9D-T4VB-8HRC",
};
