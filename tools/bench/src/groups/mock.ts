import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effort } from "../effort.ts";
import type { Target } from "../goals.ts";
import type { Group } from "../group.ts";
import { CONNECTIONS, load } from "../mock/load.ts";
import { readRows, requestsTo } from "../mock/requests.ts";
import { CONTRACT, type Mock, mocksWith, PRISM, STATEFUL, STATEFUL_LARGE, seedOf } from "../mock/servers.ts";
import { type Figures, interleave } from "../rounds.ts";
import { type Row, rowsOf, valuesOf } from "../rows.ts";
import { freePort, type ServerProcess, startServer } from "../server-process.ts";
import { isSteady } from "../steady.ts";

/** At most. */
const ROUNDS = 7;
const SECONDS_OF_LOAD = 2;
/** Of each request, before memory is read. */
const REQUESTS_FOR_MEMORY = 5_000;
const SPEED = "requests a second";
const START = "start-up";
const MEMORY = "memory";
/** Ratios here are far from their goals. */
const ENOUGH = { reference: PRISM, least: 4, within: 0.05 };

type Mocks = Readonly<Record<string, Mock>>;
const startsNoLater: Target = { atMost: 1, timesThatOf: [PRISM] };
const times = (atLeast: number): Target => ({ atLeast, timesThatOf: [PRISM] });

export const mock: Group = {
  id: "mock",
  title: "What the mock can take",
  about:
    `${CONNECTIONS} connections, ${SECONDS_OF_LOAD} s a round; the mocks check keys and parameters, all but @scalar/mock-server their answers too. Bare node:http checks the keys alone, and has its answers ready as bytes. ` +
    "Without a count, a list is the document's example of two packages, or, from --stateful, the 20 newest of the account, ten times the bytes. " +
    "Ratios are to Prism's own CLI. What servers log, a line for each request at least, goes to a file. " +
    `Memory is the most that a server just started ever had, after ${REQUESTS_FOR_MEMORY.toLocaleString("en")} of each request, whatever its speed.`,
  plotted: SPEED,
  async run(effort) {
    const folder = mkdtempSync(join(tmpdir(), "esim-bench-"));
    try {
      const seed = join(folder, "seed.json");
      writeFileSync(seed, JSON.stringify(await seedOf(effort.times(100_000))));
      const mocks = mocksWith(seed, await freePort());
      return [
        ...(await startUps(mocks, effort)),
        ...(await speeds(mocks, effort)),
        ...(await memory(mocks, effort)),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function startUps(mocks: Mocks, effort: Effort): Promise<Row[]> {
  const measured = await interleave(
    mocks,
    effort.rounds(ROUNDS),
    async ({ args, rows }): Promise<Figures> => {
      const start = performance.now();
      const server = await startServer(args);
      try {
        await readRows(server.url, { path: "/packages", rows });
        return { [START]: performance.now() - start };
      } finally {
        await server.stop();
      }
    },
    { isEnough: (figures) => isSteady(figures, { ...ENOUGH, metric: START }) },
  );
  return rowsOf({
    metric: START,
    scenario: "to the first answer",
    unit: "ms",
    values: valuesOf(measured, START),
    reference: PRISM,
    targets: { [CONTRACT]: [startsNoLater], [STATEFUL]: [startsNoLater] },
  });
}

async function speeds(mocks: Mocks, effort: Effort): Promise<Row[]> {
  const running: Record<string, { server: ServerProcess; mock: Mock }> = {};
  const duration = effort.isSmoke ? 1 : SECONDS_OF_LOAD;
  try {
    for (const [name, each] of Object.entries(mocks))
      running[name] = { mock: each, server: await startServer(each.args) };
    const rows: Row[] = [];
    for (const title of ["GET /packages?count=2", "GET /packages", "GET /packages/{id}"]) {
      const measured = await interleave(
        running,
        effort.rounds(ROUNDS),
        async ({ server, mock }) => {
          const { [title]: request } = await requestsTo(server.url, mock);
          if (!request) throw new Error(`there is no request ${title}`);
          return { [SPEED]: await load(server.url, request, { duration }) };
        },
        { isEnough: (figures) => isSteady(figures, { ...ENOUGH, metric: SPEED }) },
      );
      rows.push(
        ...rowsOf({
          metric: SPEED,
          scenario: title,
          unit: "requests/s",
          values: valuesOf(measured, SPEED),
          reference: PRISM,
          targets: { [CONTRACT]: [times(4)], [STATEFUL]: [times(2)], [STATEFUL_LARGE]: [times(2)] },
        }),
      );
    }
    return rows;
  } finally {
    await Promise.all(Object.values(running).map(({ server }) => server.stop()));
  }
}

/** Of each mock once: a peak does not get lower. */
async function memory(mocks: Mocks, effort: Effort): Promise<Row[]> {
  const amount = effort.times(REQUESTS_FOR_MEMORY);
  const values = new Map<string, number[]>();
  for (const [name, each] of Object.entries(mocks)) {
    const server = await startServer(each.args);
    try {
      const requests = Object.values(await requestsTo(server.url, each));
      for (const request of requests) await load(server.url, request, { amount });
      values.set(name, [server.peakMemory()]);
    } finally {
      await server.stop();
    }
  }
  const scenario = `after ${(3 * amount).toLocaleString("en")} requests`;
  return rowsOf({ metric: MEMORY, scenario, unit: "MiB", values, reference: PRISM });
}
