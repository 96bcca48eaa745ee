import { type FaultSpec, startMock } from "@betatelltd/esim-mock";
import { type HostileServer, type Misbehaviour, startHostileServer } from "@betatelltd/esim-testing";
import { onTestFinished } from "vitest";

/** A SIM that the mock knows, without a package. */
export const SIM = "8910300000045681955";
export const CREATE = ["packages", "create", "--sim", SIM, "--template", "21145354"];

/** The same answer to everything. */
export function answer(status: number, body: unknown): Misbehaviour {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Packages of one SIM with these numbers. */
export function packages(ids: readonly number[]): { id: string; sim: string; status: string }[] {
  return ids.map((n) => ({ id: `pkg_${n}`, sim: SIM, status: "ACTIVE" }));
}

/** A mock that remembers, with something ordered to go wrong; gone when the test ends. */
export async function mockWith(fault?: FaultSpec) {
  const mock = await startMock({ port: 0, stateful: true });
  onTestFinished(() => mock.close());
  if (fault) await mock.fault(fault);
  return mock;
}

/** For what the mock cannot be asked for: another program's answers, exact bytes, what a server saw in headers. */
export async function serverThat(misbehave: Misbehaviour): Promise<HostileServer> {
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  return server;
}

/** A server of these rows: pages of them, filtered by SIM, and each by its ID. What changes them is answered with 204. */
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
