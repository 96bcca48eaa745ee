import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bundle } from "@betatelltd/esim-bench/src/bundle.ts";
import { SHARES, unusedMethods } from "@betatelltd/esim-bench/src/client-weight.ts";
import { manifest, root } from "./packages.ts";
import { report } from "./report.ts";

/**
 * The size of the client in an application, in bytes, minified and gzipped with openapi-fetch, when this was last set. It may grow by a tenth.
 * Beyond that, remove what is not needed; if all of it is needed, replace the figure with the one that `pnpm release:check` prints, and say in
 * the pull request what the bytes are for. Do not shorten messages for it. When the client has become smaller, lower the figure.
 * `pnpm bench weight` shows how far it is from its goals.
 */
const TODAY: Readonly<Record<keyof typeof SHARES, number>> = {
  "PackagesApi and Configuration": 8_124,
  createEsimClient: 10_206,
  "everything it exports": 14_224,
};
const ROOM = 1.1;
const MOST_MILLISECONDS = 10;

/** Bundles parts of the client as for a browser. */
export async function checkWeight(): Promise<void> {
  console.log("");
  for (const [share, today] of Object.entries(TODAY)) {
    const { bytes } = await bundle(SHARES[share as keyof typeof SHARES]);
    const most = Math.floor(today * ROOM);
    report(
      bytes <= most,
      `${share}: ${bytes} bytes, minified and gzipped; the limit is ${most}, and it was ${today} when that was set`,
    );
  }
  const unused = await unusedMethods();
  report(unused.length === 0, `tags that are not imported leave nothing in a bundle ${unused.join(" ")}`);
  const dependencies = Object.keys(manifest(join(root, "packages/esim-sdk")).dependencies ?? {});
  report(dependencies.length === 1, `the client has one dependency: ${dependencies.join(", ")}`);
}

/** Compares a Node that imports the client with one that does nothing, in turn, so that a busy moment hits both. */
export function checkImportTime(project: string): void {
  // Machines are noisy: a bad measurement is repeated with more runs.
  let difference = measure(project, 15);
  if (difference > MOST_MILLISECONDS) difference = measure(project, 45);
  report(
    difference <= MOST_MILLISECONDS,
    `importing the client costs ${difference.toFixed(1)} ms over a bare start of Node; ${MOST_MILLISECONDS} at most`,
  );
  // Creating a Request loads it, which proves that loading it would be noticed.
  const loaded = evaluate(
    project,
    `${IMPORT}; const before = ${UNDICI}; new Request("http://localhost"); console.log(before, ${UNDICI})`,
  );
  report(
    /^0 [1-9]/.test(loaded),
    `importing the client does not load undici: before and after a Request, ${loaded.trim()}`,
  );
}

const IMPORT = "import '@betatelltd/esim-sdk'";
/** How many of Node's internal undici modules are loaded. */
const UNDICI = 'process.moduleLoadList.filter((name) => name.includes("/undici/")).length';

function measure(cwd: string, runs: number): number {
  const time = (code: string): number => {
    const start = performance.now();
    evaluate(cwd, code);
    return performance.now() - start;
  };
  const differences: number[] = [];
  for (let run = 0; run < runs; run++) {
    const bare = time("0");
    differences.push(time(IMPORT) - bare);
  }
  return differences.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

function evaluate(cwd: string, code: string): string {
  const args = ["--input-type=module", "-e", code];
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}
