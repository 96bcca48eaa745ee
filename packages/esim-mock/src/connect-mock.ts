import type { ClockReading, NetworkReading, SimReading, TrafficReading } from "./control/control.ts";
import type { Fault } from "./control/faults.ts";
import type { LoggedRequest } from "./control/request-log.ts";
import { Refusal } from "./http/refusal.ts";
import type { Mock } from "./mock.ts";
import { MockStartError } from "./mock-start-error.ts";
import type { DriftReport } from "./upstream/drift.ts";

/**
 * Controls a mock that runs elsewhere: in another process, on another machine, under another Node. Needs neither Prism nor SQLite,
 * and works on every Node that has fetch.
 *
 * ```ts
 * const mock = await connectMock("http://esim-mock:4010");
 * await mock.clock.advance("7d");
 * ```
 *
 * @param url where the mock listens
 * @throws MockStartError with code `CONNECT` if no mock with control routes answers there
 */
export async function connectMock(url: string): Promise<Mock> {
  const base = URL.parse(url);
  if (base?.protocol !== "http:" && base?.protocol !== "https:")
    throw new MockStartError(
      "CONNECT",
      `${url} is not the address of a mock, such as http://127.0.0.1:4010.`,
    );
  const address = base.href.replace(/\/+$/, "");
  const call = caller(address);
  await call("GET", "/clock").catch((error: Error) => {
    throw new MockStartError("CONNECT", `Cannot use a mock at ${address}: ${error.message}`, {
      cause: error,
    });
  });
  const network =
    <Reading>(kind: "packages" | "sims", event: string) =>
    (user: string, id: string, body?: object) =>
      call<Reading>("POST", `/${kind}/${encodeURIComponent(id)}/${event}`, body, { "x-user-id": user });
  const profile = network<SimReading>("sims", "profile");
  return {
    url: address,
    port: Number(base.port) || (base.protocol === "https:" ? 443 : 80),
    clock: {
      read: () => call<ClockReading>("GET", "/clock"),
      advance: (by) => call<ClockReading>("POST", "/clock", { advance: by }),
      set: (to) => call<ClockReading>("POST", "/clock", { set: to }),
    },
    network: {
      use: network<NetworkReading>("packages", "use"),
      suspend: network<NetworkReading>("packages", "suspend"),
      resume: network<NetworkReading>("packages", "resume"),
      profile: (user, iccid, event) => profile(user, iccid, { event }),
      traffic: network<TrafficReading>("sims", "traffic"),
    },
    fault: (spec) => call<Fault>("POST", "/faults", spec),
    faults: () => call<readonly Fault[]>("GET", "/faults"),
    clearFaults: (id) => call<void>("DELETE", id === undefined ? "/faults" : `/faults/${id}`),
    requests: () => call<readonly LoggedRequest[]>("GET", "/requests"),
    reset: () => call<void>("POST", "/reset"),
    drift: () => call<DriftReport>("GET", "/drift"),
    close: async () => {},
  };
}

/** Calls a control route. @throws Refusal as the mock's own methods do */
function caller(address: string) {
  return async <Result>(
    method: string,
    route: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const answer = await fetch(`${address}/_mock${route}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Refusal(
        answer.status,
        messageOf(text) ?? `HTTP ${answer.status}, which did not come from a mock`,
      );
    return (text === "" ? undefined : JSON.parse(text)) as Result;
  };
}

function messageOf(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
