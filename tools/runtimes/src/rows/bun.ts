import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import { platformProgram, versionOf } from "../install.ts";
import { judge } from "../judge.ts";
import { importing, type Over, ranOn, requiring, settingsFor, writePromises } from "../program.ts";
import { run } from "../run.ts";
import { addTo } from "../table.ts";

/** Bun, as ES module and as CommonJS, and over its `fetch`. */
export async function bun({ toolchain, packed, servers, columns }: Context): Promise<Check[]> {
  const project = packed.project("bun");
  await writePromises(toolchain, project);
  const program = platformProgram(toolchain, "@oven/bun-*/bin/bun");
  const version = `Bun ${versionOf(toolchain, "bun")}`;

  const tryWith = async (load: "import" | "require", over: Over) => {
    const id = `bun-${load}-${over.replace(" ", "-")}`;
    const settings = settingsFor(servers, id, { over });
    const file = join(project, load === "import" ? `${id}.mjs` : `${id}.cjs`);
    writeFileSync(file, load === "import" ? importing(settings) : requiring(settings));
    const ran = await run(program, ["run", file], { cwd: project });
    return ranOn(servers, id, `${version}, ${load}, ${over}`, ran);
  };
  const imported = await tryWith("import", "default");
  addTo(columns, "Bun", imported);
  const required = await tryWith("require", "default");
  const byFetch = await tryWith("import", "fetch option");
  return [imported, required, byFetch].flatMap(judge);
}
