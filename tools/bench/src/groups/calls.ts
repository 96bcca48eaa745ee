import { type Scenario, scenarios, TOTAL } from "../calls/scenarios.ts";
import { type ClientProcess, startClient } from "../calls/start-client.ts";
import { BARE_FETCH, clients, LIMITED_FETCH, PEERS } from "../clients/all.ts";
import type { Target } from "../goals.ts";
import type { Group } from "../group.ts";
import { makeHeyApi } from "../hey-api.ts";
import { type Figures, interleave } from "../rounds.ts";
import { type Row, rowsOf, valuesOf } from "../rows.ts";
import { type FixedServer, startFixedServer } from "../server-process.ts";
import { isSteady, type Steadiness } from "../steady.ts";

/** At most. Many short ones: the shorter a round, the more alike are its conditions for all. */
const ROUNDS = 31;
const WAYS = { "one after the other": 1, "32 at once": 32 };
const WALL = "wall time";
const CPU = "CPU time";
const ENOUGH: Steadiness = { metric: WALL, reference: BARE_FETCH, least: 11, within: 0.02 };

type Targets = Readonly<Record<string, readonly Target[]>>;
const fasterThanPeers: Target = { atMost: 1, timesThatOf: PEERS, called: "every peer" };
const overFetch: Target = { atMost: 1.15, timesThatOf: [LIMITED_FETCH] };
const targets: Readonly<Record<string, Targets>> = {
  [WALL]: {
    PackagesApi: [{ atMost: 0.85, timesThatOf: [BARE_FETCH] }, fasterThanPeers],
    createEsimClient: [{ atMost: 1, timesThatOf: [BARE_FETCH] }, fasterThanPeers],
    "PackagesApi over fetch": [overFetch],
    "createEsimClient over fetch": [overFetch],
  },
  [CPU]: {
    PackagesApi: [{ atMost: 1, timesThatOf: [BARE_FETCH] }],
    createEsimClient: [{ atMost: 1, timesThatOf: [BARE_FETCH] }],
  },
};

export const calls: Group = {
  id: "calls",
  title: "What a call costs",
  about:
    "Time for each call, to a server in another process that has its bytes ready; each client alone in a process too. CPU time is that of the client's process. " +
    "Ratios are to bare fetch and json(), taken within each round.",
  plotted: WALL,
  async run({ rounds, times }) {
    await makeHeyApi();
    const server = await startFixedServer(TOTAL);
    const running: Record<string, ClientProcess> = {};
    try {
      for (const name of Object.keys(clients)) running[name] = await startClient(name, server.url);
      const rows: Row[] = [];
      for (const [index, scenario] of scenarios.entries()) {
        for (const [way, workers] of Object.entries(WAYS)) {
          const calls = times(scenario.calls[workers === 1 ? 0 : 1]);
          const order = { scenario: index, calls, workers };
          const measured = await interleave(
            running,
            rounds(ROUNDS),
            (client) => measure(client, order, scenario, server),
            { isEnough: (figures) => isSteady(figures, ENOUGH) },
          );
          for (const metric of [WALL, CPU]) {
            rows.push(
              ...rowsOf({
                metric,
                scenario: `${scenario.title}, ${way}`,
                unit: "µs",
                values: valuesOf(measured, metric),
                reference: BARE_FETCH,
                targets: scenario.hasGoals ? targets[metric] : undefined,
              }),
            );
          }
        }
      }
      return rows;
    } finally {
      for (const client of Object.values(running)) client.stop();
      await server.stop();
    }
  },
};

/** A client may be fast because it does not do the work, so what the server has sent is compared too. */
async function measure(
  client: ClientProcess,
  order: Parameters<ClientProcess["make"]>[0],
  { bytes }: Scenario,
  server: FixedServer,
): Promise<Figures> {
  await server.served();
  const { wall, cpu, calls } = await client.make(order);
  const served = await server.served();
  if (served.answers !== calls || served.bytes !== calls * bytes)
    throw new Error(
      `${calls} calls of ${bytes} bytes, but the server gave ${served.answers} answers and ${served.bytes} bytes`,
    );
  return { [WALL]: wall, [CPU]: cpu };
}
