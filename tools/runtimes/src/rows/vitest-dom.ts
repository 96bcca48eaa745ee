import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import { versionOf } from "../install.ts";
import { judge } from "../judge.ts";
import { ranOn, settingsFor, writePromises } from "../program.ts";
import { run } from "../run.ts";

/** vitest's environments that replace Node's globals with a browser's. */
export async function vitestDom({ toolchain, packed, servers }: Context): Promise<Check[]> {
  const checks: Check[] = [];
  for (const dom of ["jsdom", "happy-dom"]) {
    const project = packed.project(`vitest-${dom}`, toolchain);
    await writePromises(toolchain, project);
    writeFileSync(
      join(project, "client.test.mjs"),
      `// @vitest-environment ${dom}
import * as sdk from "@betatelltd/esim-sdk";
import * as once from "@betatelltd/esim-sdk/once";
import { expect, test } from "vitest";
import { promises } from "./promises.mjs";

test("the client", async () => {
  expect(typeof document).toBe("object");
  await promises(sdk, once, ${JSON.stringify(settingsFor(servers, dom))});
}, 60_000);
`,
    );
    const vitest = join(toolchain, "node_modules/vitest/vitest.mjs");
    const ran = await run(process.execPath, [vitest, "run", "--root", project, "--watch=false"], {
      cwd: project,
    });
    checks.push(...judge(ranOn(servers, dom, `vitest, ${dom} ${versionOf(toolchain, dom)}`, ran)));
  }
  return checks;
}
