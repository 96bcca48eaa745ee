import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fixedRow, idOf } from "../fixed-rows.ts";
import type { Target } from "../goals.ts";
import type { Group } from "../group.ts";
import { type Figures, interleave, type Rounds } from "../rounds.ts";
import { type Row, rowsOf, valuesOf } from "../rows.ts";
import { type FixedServer, startFixedServer } from "../server-process.ts";
import { isSteady, type Steadiness } from "../steady.ts";
import type { TimedWalk, Walk, WeighedWalk } from "../walk.ts";

const exec = promisify(execFile);
const program = fileURLToPath(new URL("../walk.ts", import.meta.url));
const LOOP = "loop over fetch";
const ITERATOR = "iteratePackages";
const ways = { [LOOP]: LOOP, [ITERATOR]: ITERATOR };
const PAGE_SIZES = [100, 1_000];
/** From the first on, what is kept of rows is full, so that the second shows whether memory grows with the list. */
const TOTALS = [20_000, 100_000];
/** At most. */
const ROUNDS = 9;
/** The memory of a walk hardly varies. */
const ROUNDS_OF_MEMORY = 3;
const SPEED = "rows a second";
const CPU = "CPU time of a row";
const MEMORY = "memory";
const ENOUGH: Steadiness = { metric: SPEED, reference: LOOP, least: 7, within: 0.02 };
const targets: Record<string, Record<string, readonly Target[]>> = {
  [SPEED]: { [ITERATOR]: [{ atLeast: 0.95, timesThatOf: [LOOP] }] },
};

export const pages: Group = {
  id: "pages",
  title: "What a long list costs",
  about:
    "Each walk in a process of its own, its first request included. Memory is what is reachable after a collection, at most, over that before the walk: " +
    "measured in walks of its own, after each 1,000 rows. Ratios are to a loop over fetch that counts offsets and checks nothing.",
  plotted: SPEED,
  async run({ rounds, times }) {
    const rows: Row[] = [];
    for (const usual of TOTALS) {
      const total = times(usual);
      const server = await startFixedServer(total);
      try {
        for (const pageSize of PAGE_SIZES) {
          const scenario = `${total.toLocaleString("en")} rows, ${pageSize.toLocaleString("en")} a page`;
          const row = (metric: string, unit: string, measured: Rounds, reference?: string) =>
            rowsOf({
              metric,
              scenario,
              unit,
              values: valuesOf(measured, metric),
              reference,
              targets: targets[metric],
            });
          const speed = await interleave(ways, rounds(ROUNDS), (way) => time(way, total, pageSize, server), {
            isEnough: (figures) => isSteady(figures, ENOUGH),
          });
          rows.push(...row(SPEED, "rows/s", speed, LOOP), ...row(CPU, "µs", speed, LOOP));
          const memory = await interleave(
            ways,
            rounds(ROUNDS_OF_MEMORY),
            (way) => weigh(way, total, pageSize, server),
            { warmsUp: false },
          );
          rows.push(...row(MEMORY, "MiB", memory));
        }
      } finally {
        await server.stop();
      }
    }
    return rows;
  },
};

async function time(way: string, total: number, pageSize: number, server: FixedServer): Promise<Figures> {
  const { seconds, cpuSeconds } = await walk<TimedWalk>(
    [program, way, server.url, `${pageSize}`],
    total,
    server,
  );
  return { [SPEED]: total / seconds, [CPU]: (cpuSeconds / total) * 1e6 };
}

async function weigh(way: string, total: number, pageSize: number, server: FixedServer): Promise<Figures> {
  const args = ["--expose-gc", program, way, server.url, `${pageSize}`, "memory"];
  return { [MEMORY]: (await walk<WeighedWalk>(args, total, server)).grown / 2 ** 20 };
}

/** @throws where not every row came, or the server sent less than that */
async function walk<Kind extends Walk>(
  args: readonly string[],
  total: number,
  server: FixedServer,
): Promise<Kind> {
  await server.served();
  const { stdout } = await exec(process.execPath, args);
  const { bytes } = await server.served();
  const walked: Kind = JSON.parse(stdout);
  const expected = total * JSON.stringify(fixedRow(0)).length;
  if (walked.rows !== total || walked.lastId !== idOf(total - 1) || bytes < expected)
    throw new Error(
      `${args.join(" ")}: ${walked.rows} of ${total} rows, up to ${walked.lastId}, in ${bytes} bytes of ${expected}`,
    );
  return walked;
}
