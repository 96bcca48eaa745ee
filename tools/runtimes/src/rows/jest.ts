import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import { versionOf } from "../install.ts";
import { judge } from "../judge.ts";
import { ranOn, settingsFor, writePromises } from "../program.ts";
import { run } from "../run.ts";

/** Jest with its default set-up, which is CommonJS: from JavaScript, and from TypeScript with ts-jest. */
export async function jest({ toolchain, packed, servers }: Context): Promise<Check[]> {
  const version = `Jest ${versionOf(toolchain, "jest")}`;
  const program = join(toolchain, "node_modules/jest/bin/jest.js");

  const tryWith = async (id: string, title: string, file: string, test: string, config: object) => {
    const project = packed.project(id, toolchain);
    await writePromises(toolchain, project);
    writeFileSync(join(project, file), test);
    writeFileSync(join(project, "jest.config.json"), JSON.stringify({ testTimeout: 60_000, ...config }));
    const options = JSON.stringify({ compilerOptions: TS_OPTIONS, include: [file] });
    writeFileSync(join(project, "tsconfig.json"), options);
    return judge(ranOn(servers, id, title, await run(process.execPath, [program, "--ci"], { cwd: project })));
  };
  const javascript = `const sdk = require("@betatelltd/esim-sdk");
const once = require("@betatelltd/esim-sdk/once");
const { promises } = require("./promises.cjs");

test("the client", () => promises(sdk, once, ${JSON.stringify(settingsFor(servers, "jest"))}));
`;
  const typescript = `import * as sdk from "@betatelltd/esim-sdk";
import * as once from "@betatelltd/esim-sdk/once";
const { promises } = require("./promises.cjs");

test("the client", async () => {
  const api: sdk.PackagesApi = new sdk.PackagesApi(new sdk.Configuration({ apiKey: "k", userId: "u" }));
  expect(api).toBeInstanceOf(sdk.PackagesApi);
  await promises(sdk, once, ${JSON.stringify(settingsFor(servers, "ts-jest"))});
});
`;
  const tsJest = `ts-jest ${versionOf(toolchain, "ts-jest")}`;
  return [
    ...(await tryWith("jest", `${version}, require`, "client.test.js", javascript, {})),
    ...(await tryWith("ts-jest", `${version}, ${tsJest}`, "client.test.ts", typescript, {
      preset: "ts-jest",
    })),
  ];
}

/** Like a NestJS project: CommonJS, and the oldest module resolution. */
const TS_OPTIONS = {
  module: "commonjs",
  moduleResolution: "node10",
  target: "es2022",
  strict: true,
  types: ["jest", "node"],
};
