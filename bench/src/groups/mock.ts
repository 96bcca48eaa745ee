import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import type { Group } from "../group.ts";
import { type Goals, interleave, rowsOf, type Sample, sample } from "../measure.ts";
import { freePort, type ServerProcess, startServer } from "../server-process.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const document = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml"));
const own = at("../../node_modules/@betatelltd/esim-mock/dist/bin.js");
const prism = "Prism's CLI";
const quietPrism = "Prism's CLI, -v error";
const contract = "esim-mock";
const quiet = "esim-mock, --log-level silent";
const few = "esim-mock --stateful, 60 packages";
const many = "esim-mock --stateful, 100,000 packages";

const headers = { "x-api-key": "any", "x-user-id": "me" };
const connections = 50;
const secondsOfLoad = 2;
const requests: Record<string, (url: string) => Promise<string>> = {
  "GET /packages?count=2": async (url) => `${url}/packages?count=2`,
  "GET /packages": async (url) => `${url}/packages`,
  "GET /packages/{id}": async (url) => `${url}/packages/${(await firstPage(url)).packages[0]?.id}`,
};

/** Each as a user starts it; the rest of the command line is the program's. */
const servers = (seed: string, port: number): Record<string, readonly string[]> => ({
  [prism]: [at("../../node_modules/@stoplight/prism-cli/dist/index.js"), "mock", document, "--port", "0"],
  [quietPrism]: [
    at("../../node_modules/@stoplight/prism-cli/dist/index.js"),
    "mock",
    document,
    "--port",
    `${port}`,
    "-v",
    "error",
  ],
  "@scalar/mock-server": [at("../scalar-server.ts")],
  [contract]: [own, "--port", "0"],
  [quiet]: [own, "--port", "0", "--log-level", "silent"],
  [few]: [own, "--port", "0", "--stateful"],
  [many]: [own, "--port", "0", "--stateful", "--seed", seed],
});
const faster: Goals = {
  [contract]: { ratio: 4, atLeast: true },
  [few]: { ratio: 2, atLeast: true },
  [many]: { ratio: 2, atLeast: true },
};

export const mock: Group = {
  id: "mock",
  title: "What the mock can take",
  about:
    `${connections} connections, ${secondsOfLoad} s a round; all servers check keys and parameters, all but @scalar/mock-server their answers too. ` +
    "Without a count, a list is the document's example of two packages, or, from --stateful, the 20 newest of the account, ten times the bytes. Ratios are to Prism's own CLI. What servers log, a line for each request at least, goes to a file. Memory is after as many seconds, not as many requests.",
  plotted: "requests/s",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "esim-bench-"));
    const seed = join(folder, "seed.json");
    writeFileSync(seed, JSON.stringify(await seedOf(100_000)));
    const commands = servers(seed, await freePort());
    const running: Record<string, ServerProcess> = {};
    try {
      const rows = rowsOf("start-up to the first answer", "ms", await interleave(commands, startUp), prism, {
        [contract]: { ratio: 1 },
        [few]: { ratio: 1 },
      });
      for (const [name, command] of Object.entries(commands)) running[name] = await startServer(command);
      for (const [title, target] of Object.entries(requests)) {
        const samples = await interleave(running, async ({ url }) => load(await target(url)));
        rows.push(...rowsOf(title, "requests/s", samples, prism, faster));
      }
      const memory = Object.entries(running).map(
        ([name, server]) => [name, sample([server.peakMemory()])] as const,
      );
      rows.push(...rowsOf("memory at most, after all that", "MiB", new Map<string, Sample>(memory), prism));
      return rows;
    } finally {
      await Promise.all(Object.values(running).map((server) => server.stop()));
      rmSync(folder, { recursive: true });
    }
  },
};

async function firstPage(url: string) {
  const answer = await fetch(`${url}/packages`, { headers });
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
  return (await answer.json()) as { packages: { id: string; package_template: { id: number } }[] };
}

async function startUp(command: readonly string[]): Promise<number> {
  const start = performance.now();
  const server = await startServer(command);
  try {
    await firstPage(server.url);
    return performance.now() - start;
  } finally {
    await server.stop();
  }
}

async function load(url: string): Promise<number> {
  const result = await autocannon({ url, headers, connections, duration: secondsOfLoad });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed`);
  return result.requests.average;
}

/** An account with as many packages, all on SIMs of their own, of a template that the built-in account has. */
async function seedOf(count: number): Promise<object> {
  const server = await startServer([own, "--port", "0", "--stateful"]);
  try {
    const template = (await firstPage(server.url)).packages[0]?.package_template;
    const sims = Array.from({ length: count }, (_, n) => ({
      iccid: `8910300${String(n).padStart(13, "0")}`,
      inventory: 1,
    }));
    return {
      templates: [template],
      sims,
      packages: sims.map(({ iccid }, n) => ({
        sim: iccid,
        package_template: template?.id,
        status: "NOT_ACTIVE",
        created: -n,
      })),
    };
  } finally {
    await server.stop();
  }
}
