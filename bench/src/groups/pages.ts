import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Group } from "../group.ts";
import { interleave, type Row, rounds, rowsOf, sample } from "../measure.ts";
import { startFixedServer } from "../server-process.ts";
import type { Walk } from "../walk.ts";

const exec = promisify(execFile);
const program = fileURLToPath(new URL("../walk.ts", import.meta.url));
const ways = ["loop over fetch", "iteratePackages"];
const pageSizes = [100, 1_000];
/** From the first on, what is remembered of rows is full, so that the second shows whether memory grows with the list. */
const totals = [20_000, 100_000];

export const pages: Group = {
  id: "pages",
  title: "Walking a long list",
  about:
    "Each walk in a process of its own, its first fetch included. Memory is what is reachable after a collection, at most, over that before the walk. " +
    "Ratios are to a loop over fetch that counts offsets and checks nothing.",
  plotted: "rows/s",
  async run() {
    const rows: Row[] = [];
    for (const total of totals) {
      const server = await startFixedServer(total);
      try {
        for (const pageSize of pageSizes) {
          const scenario = `${total.toLocaleString("en")} rows, ${pageSize.toLocaleString("en")} a page`;
          const grown = new Map<string, number[]>(ways.map((way) => [way, []]));
          const speed = await interleave(
            Object.fromEntries(ways.map((way) => [way, way])),
            async (way) => {
              const { stdout } = await exec(process.execPath, [
                "--expose-gc",
                program,
                way,
                server.url,
                String(pageSize),
              ]);
              const walk: Walk = JSON.parse(stdout);
              if (walk.rows !== total) throw new Error(`${way} gave ${walk.rows} of ${total} rows`);
              grown.get(way)?.push(walk.grown / 2 ** 20);
              return walk.rows / walk.seconds;
            },
            total > 50_000 ? 5 : rounds,
          );
          rows.push(...rowsOf(scenario, "rows/s", speed, ways[0]));
          const memory = new Map([...grown].map(([way, values]) => [way, sample(values.slice(1))]));
          rows.push(...rowsOf(scenario, "MiB", memory));
        }
      } finally {
        await server.stop();
      }
    }
    return rows;
  },
};
