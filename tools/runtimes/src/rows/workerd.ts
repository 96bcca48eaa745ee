import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import { versionOf } from "../install.ts";
import { judge } from "../judge.ts";
import { bundle, ranOn, settingsFor, writePromises } from "../program.ts";
import { run } from "../run.ts";
import { addTo } from "../table.ts";

const host = resolve(import.meta.dirname, "../workerd-host.ts");
/** Bundled like wrangler does. */
const CONDITIONS = ["--platform=browser", "--conditions=workerd,worker,browser"];

/** Cloudflare's workerd, without and with its Node compatibility. */
export async function workerd({ toolchain, packed, servers, columns }: Context): Promise<Check[]> {
  const project = packed.project("workerd");
  await writePromises(toolchain, project);
  const version = `workerd ${versionOf(toolchain, "workerd")}`;

  const tryWith = async (id: string, title: string, flags: string[]) => {
    const entry = join(project, `${id}.mjs`);
    const worker = `${id}.bundle.mjs`;
    writeFileSync(
      entry,
      `import * as sdk from "@betatelltd/esim-sdk";
import * as once from "@betatelltd/esim-sdk/once";
import { promises } from "./promises.mjs";
export default {
  async fetch() {
    await promises(sdk, once, ${JSON.stringify(settingsFor(servers, id))});
    return new Response("done");
  },
};
`,
    );
    await bundle(toolchain, entry, join(project, worker), CONDITIONS);
    return ranOn(
      servers,
      id,
      title,
      await run(process.execPath, [host, toolchain, worker, ...flags], { cwd: project }),
    );
  };
  const bare = await tryWith("workerd", version, []);
  addTo(columns, "workerd", bare);
  const compatible = await tryWith("workerd-nodejs", `${version}, nodejs_compat`, ["nodejs_compat"]);
  return [...judge(bare), ...judge(compatible)];
}
