import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { manifest, root } from "./packages.ts";
import { report } from "./report.ts";

/** The promise of the README: 6 KiB for the whole entry, openapi-fetch included. */
const MOST_BYTES = 6 * 1024;
const MOST_MILLISECONDS = 10;

/** Bundles the client's entry as a browser would get it. */
export async function checkWeight(): Promise<void> {
  const source = join(root, "packages/esim-sdk");
  const bundle = await rolldown({ input: join(source, "dist/index.js"), platform: "browser" });
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  const bytes = gzipSync(output[0].code, { level: 9 }).length;
  console.log("");
  report(
    bytes <= MOST_BYTES,
    `the client is ${bytes} bytes, minified and gzipped with openapi-fetch; ${MOST_BYTES} at most`,
  );
  const dependencies = Object.keys(manifest(source).dependencies ?? {});
  report(dependencies.length === 1, `the client has one dependency: ${dependencies.join(", ")}`);
}

/** Compares a Node that imports the client with one that does nothing, in turn, so that a busy moment hits both. */
export function checkImportTime(project: string): void {
  // Machines are noisy: one bad measurement is measured again, with more runs.
  let difference = measure(project, 15);
  if (difference > MOST_MILLISECONDS) difference = measure(project, 45);
  report(
    difference <= MOST_MILLISECONDS,
    `importing the client costs ${difference.toFixed(1)} ms over a bare start of Node; ${MOST_MILLISECONDS} at most`,
  );
}

function measure(cwd: string, runs: number): number {
  const time = (code: string): number => {
    const start = performance.now();
    execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd, stdio: "ignore" });
    return performance.now() - start;
  };
  const bare: number[] = [];
  const importing: number[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(time("0"));
    importing.push(time("import '@betatelltd/esim-sdk'"));
  }
  return median(importing) - median(bare);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
