import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import { platformProgram, versionOf } from "../install.ts";
import { judge } from "../judge.ts";
import { importing, ranOn, settingsFor, writePromises } from "../program.ts";
import type { Settings } from "../promises.ts";
import { bareEnvironment, run } from "../run.ts";
import { addTo } from "../table.ts";

/** Deno with all permissions that the cases need, also over its `fetch`; and with access to this machine's network only, not to the environment. */
export async function deno({ toolchain, packed, servers, columns }: Context): Promise<Check[]> {
  const project = packed.project("deno");
  await writePromises(toolchain, project);
  const program = platformProgram(toolchain, "@deno/*/deno");
  const env = { ...bareEnvironment(), DENO_DIR: join(project, "cache"), DENO_NO_UPDATE_CHECK: "1" };
  const version = `Deno ${versionOf(toolchain, "deno")}`;

  const tryWith = async (id: string, title: string, permissions: string[], more: Partial<Settings> = {}) => {
    const file = join(project, `${id}.mjs`);
    writeFileSync(file, importing(settingsFor(servers, id, more)));
    const flags = ["run", "--no-prompt", "--node-modules-dir=manual", "--cached-only", ...permissions];
    return ranOn(servers, id, title, await run(program, [...flags, file], { cwd: project, env }));
  };
  const leave = ["--allow-net", "--allow-env"];
  const all = await tryWith("deno", `${version}, default`, leave);
  addTo(columns, "Deno", all);
  const only = ["list", "create", "activate", "create-once", "busy-write", "aborted-write"];
  const byFetch = await tryWith("deno-fetch", `${version}, fetch option`, leave, { over: "fetch option" });
  const few = await tryWith(
    "deno-few",
    `${version}, --allow-net=127.0.0.1 alone`,
    ["--allow-net=127.0.0.1"],
    { only },
  );
  return [all, byFetch, few].flatMap(judge);
}
