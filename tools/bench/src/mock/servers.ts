import { fileURLToPath } from "node:url";
import { headers, listPath } from "../clients/reader.ts";
import { startServer } from "../server-process.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const document = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml"));
const own = at("../../node_modules/@betatelltd/esim-mock/dist/bin.js");
const prismCli = at("../../node_modules/@stoplight/prism-cli/dist/index.js");

export const PRISM = "Prism's CLI";
export const CONTRACT = "esim-mock";
export const STATEFUL = "esim-mock --stateful, 60 packages";
export const STATEFUL_LARGE = "esim-mock --stateful, 100,000 packages";

/** A mock, as a user starts it. */
export interface Mock {
  /** The rest of the command line is the program's. */
  readonly args: readonly string[];
  /** How many rows it lists without a count: the document's example, or the newest of an account. */
  readonly rows: number;
}

/** All mocks. One of them does not print its port, and gets one that is free. */
export function mocksWith(seed: string, port: number): Readonly<Record<string, Mock>> {
  return {
    [PRISM]: { args: [prismCli, "mock", document, "--port", "0"], rows: 2 },
    "Prism's CLI, -v error": {
      args: [prismCli, "mock", document, "--port", `${port}`, "-v", "error"],
      rows: 2,
    },
    "@scalar/mock-server": { args: [at("../scalar-server.ts")], rows: 2 },
    // It checks the keys and nothing else: what Node's own server can do at most.
    "bare node:http": { args: [at("../fixed-server.ts"), "2"], rows: 2 },
    [CONTRACT]: { args: [own, "--port", "0"], rows: 2 },
    "esim-mock, --log-level silent": { args: [own, "--port", "0", "--log-level", "silent"], rows: 2 },
    [STATEFUL]: { args: [own, "--port", "0", "--stateful"], rows: 20 },
    [STATEFUL_LARGE]: { args: [own, "--port", "0", "--stateful", "--seed", seed], rows: 20 },
  };
}

/** An account with as many packages, all on SIMs of their own, of a template that the built-in account has. */
export async function seedOf(count: number): Promise<object> {
  const server = await startServer([own, "--port", "0", "--stateful"]);
  try {
    const answer = await fetch(server.url + listPath(1, 0), { headers });
    const { packages } = (await answer.json()) as { packages: { package_template: { id: number } }[] };
    const template = packages[0]?.package_template;
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
