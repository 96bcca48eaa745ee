import { clientsOf, type Reader } from "../clients.ts";
import type { Group } from "../group.ts";
import { type Goals, interleave, type Row, rowsOf } from "../measure.ts";
import { startFixedServer } from "../server-process.ts";

interface Scenario {
  readonly title: string;
  readonly call: (client: Reader) => Promise<unknown>;
  /** Calls in a round of one client. */
  readonly calls: number;
}

const scenarios: readonly Scenario[] = [
  { title: "getPackage", call: (client) => client.one("pkg_1"), calls: 1_500 },
  { title: "getPackages, 20 rows", call: (client) => client.list(20), calls: 1_000 },
  { title: "getPackages, 1,000 rows", call: (client) => client.list(1_000), calls: 200 },
];
/** Many short ones, as the differences are small. */
const manyRounds = 21;
const ways = { "one after the other": 1, "32 at once": 32 };
const goals: Goals = { createEsimClient: { ratio: 1.05 }, PackagesApi: { ratio: 1.08 } };

export const calls: Group = {
  id: "calls",
  title: "What a call costs",
  about:
    "Time for each call, to a server in another process that has its bytes ready. Ratios are to bare fetch and json().",
  plotted: "µs",
  async run() {
    const server = await startFixedServer(1_000);
    try {
      const clients = await clientsOf(server.url);
      const rows: Row[] = [];
      for (const { title, call, calls } of scenarios) {
        await checkAnswers(clients, call);
        for (const [way, workers] of Object.entries(ways)) {
          const samples = await interleave(
            clients,
            async (client) => {
              const start = performance.now();
              let left = calls;
              const work = async () => {
                while (left-- > 0) await call(client);
              };
              await Promise.all(Array.from({ length: workers }, work));
              return ((performance.now() - start) / calls) * 1_000;
            },
            manyRounds,
          );
          rows.push(...rowsOf(`${title}, ${way}`, "µs", samples, "fetch + json()", goals));
        }
      }
      return rows;
    } finally {
      await server.stop();
    }
  },
};

/** A client that is fast because it does not do the work is no measure. */
async function checkAnswers(clients: Record<string, Reader>, call: Scenario["call"]): Promise<void> {
  const answers = await Promise.all(
    Object.entries(clients).map(
      async ([name, client]) => [name, JSON.stringify(await call(client))] as const,
    ),
  );
  const [, expected] = answers[0] ?? [];
  for (const [name, answer] of answers) {
    if (answer !== expected)
      throw new Error(`${name} gives ${answer?.slice(0, 80)} rather than ${expected?.slice(0, 80)}`);
  }
}
