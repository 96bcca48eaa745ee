import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, check } from "../check.ts";
import type { Context } from "../context.ts";
import { nodes } from "../install.ts";
import { judge } from "../judge.ts";
import {
  importing,
  type Over,
  ranOn,
  requiring,
  settingsFor,
  transportCheck,
  writePatch,
  writePromises,
} from "../program.ts";
import { must, run } from "../run.ts";
import { addTo } from "../table.ts";

const WAYS: readonly { load: "import" | "require"; over: Over }[] = [
  { load: "import", over: "default" },
  { load: "require", over: "default" },
  { load: "import", over: "fetch option" },
  { load: "import", over: "patched fetch" },
  { load: "require", over: "patched fetch" },
];

/** Every supported Node, over `node:http` and over `fetch`, as ES module and as CommonJS. */
export async function node(context: Context): Promise<Check[]> {
  const { toolchain, packed } = context;
  const project = packed.project("node");
  await writePromises(toolchain, project);
  writePatch(project);
  writeFileSync(join(project, "copies.mjs"), COPIES);

  const checks: Check[] = [];
  for (const { major, path } of nodes(toolchain)) {
    const version = (await must(path, ["--version"])).trim().replace("v", "Node ");
    const played = await Promise.all(
      WAYS.map((way) => play(context, project, path, `node-${major}`, version, way)),
    );
    checks.push(...played.flat());
    const copies = await run(path, [join(project, "copies.mjs")]);
    checks.push(check(`${version}: recognises an error of the other copy`, !copies.ok && copies.output));
  }
  return checks;
}

async function play(
  { servers, columns }: Context,
  project: string,
  path: string,
  name: string,
  version: string,
  { load, over }: (typeof WAYS)[number],
): Promise<Check[]> {
  const id = `${name}-${load}-${over.replace(" ", "-")}`;
  const settings = settingsFor(servers, id, { over });
  const file = join(project, load === "import" ? `${id}.mjs` : `${id}.cjs`);
  writeFileSync(file, load === "import" ? importing(settings) : requiring(settings));
  const played = ranOn(servers, id, `${version}, ${load}, ${over}`, await run(path, [file]));
  if (load === "import" && over === "default") addTo(columns, "Node", played);
  if (over === "fetch option") addTo(columns, "Node, over fetch", played);
  return [...judge(played), ...transportCheck(played, over)];
}

/** An application may load the client in both formats. */
const COPIES = `import { createRequire } from "node:module";
import { strict as assert } from "node:assert";
import * as esm from "@betatelltd/esim-sdk";
const cjs = createRequire(import.meta.url)("@betatelltd/esim-sdk");
const keys = { apiKey: "k", userId: "u" };
for (const [one, other] of [[esm, cjs], [cjs, esm]]) {
  const error = await new one.PackagesApi(new one.Configuration(keys)).getPackage("").catch((reason) => reason);
  assert(other.EsimError.isInstance(error), "EsimError.isInstance");
  assert(other.EsimUsageError.isInstance(error), "EsimUsageError.isInstance");
  assert(!other.NotFoundError.isInstance(error), "NotFoundError.isInstance");
}
`;
