import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import openapiTS, { astToString } from "openapi-typescript";
import type { Effort } from "../effort.ts";
import type { Group } from "../group.ts";
import { heyApi, makeHeyApi } from "../hey-api.ts";
import { interleave } from "../rounds.ts";
import { type Row, rowsOf, valuesOf } from "../rows.ts";

const exec = promisify(execFile);
const root = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = fileURLToPath(new URL("../../dist/types", import.meta.url));
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const NOTHING = "nothing but fetch";
const ROUNDS = 5;
const ROUNDS_OF_BUILDS = 3;
const CHECKING = "type check";
const BUILDING = "this repository";
const INSTANTIATIONS = "type instantiations";

/** The same program with each client: it lists packages and reads one of them. */
const programs: Record<string, string> = {
  [NOTHING]: `
    const answer = await fetch("https://example.com/packages/pkg_1");
    const { status } = (await answer.json()) as { status: string };
    console.log(status);`,
  PackagesApi: `
    import { PackagesApi } from "@betatelltd/esim-sdk";
    const api = new PackagesApi();
    const { data } = await api.getPackages(10, 0);
    const { data: one } = await api.getPackage(data.packages[0]?.id ?? "");
    console.log(one.package_template.name, one.status);`,
  createEsimClient: `
    import { createEsimClient } from "@betatelltd/esim-sdk";
    const client = createEsimClient();
    const { data } = await client.GET("/packages", { params: { query: { count: 10, offset: 0 } } });
    const { data: one } = await client.GET("/packages/{id}", { params: { path: { id: data?.packages[0]?.id ?? "" } } });
    console.log(one?.package_template.name, one?.status);`,
  "openapi-fetch": `
    import createClient from "openapi-fetch";
    import type { paths } from "./openapi.ts";
    const client = createClient<paths>();
    const { data } = await client.GET("/packages", { params: { query: { count: 10, offset: 0 } } });
    const { data: one } = await client.GET("/packages/{id}", { params: { path: { id: data?.packages[0]?.id ?? "" } } });
    console.log(one?.package_template.name, one?.status);`,
  "@hey-api/openapi-ts": `
    import { getPackage, getPackages } from ${JSON.stringify(`${heyApi.folder}/index.ts`)};
    const { data } = await getPackages({ query: { count: 10, offset: 0 } });
    const { data: one } = await getPackage({ path: { id: data?.packages[0]?.id ?? "" } });
    console.log(one?.package_template.name, one?.status);`,
  "OpenAPI Generator, axios": `
    import { PackagesApi } from "@betatelltd/esim-sdk-axios";
    const api = new PackagesApi();
    const { data } = await api.getPackages(10, 0);
    const { data: one } = await api.getPackage(data.packages[0]?.id ?? "");
    console.log(one.package_template.name, one.status);`,
};

export const types: Group = {
  id: "types",
  title: "What types and builds cost",
  about:
    "tsc on one file that lists packages and reads one, with each client, types declared but for @hey-api/openapi-ts, which is used as source. Ratios are to " +
    "the same in bare fetch. Then this repository's own generate and build.",
  plotted: CHECKING,
  async run(effort) {
    await makeHeyApi();
    // A build would rewrite what other packages have in their dist and generated folders.
    return [...(await checking(effort)), ...(effort.isSmoke ? [] : await building(effort))];
  },
};

async function checking(effort: Effort): Promise<Row[]> {
  const document = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  const projects: Record<string, string> = {};
  for (const [name, program] of Object.entries(programs)) {
    const project = `${folder}/${name.replace(/\W+/g, "-")}`;
    mkdirSync(project, { recursive: true });
    writeFileSync(`${project}/program.ts`, `${program}\nexport {};\n`);
    if (name === "openapi-fetch")
      writeFileSync(`${project}/openapi.ts`, astToString(await openapiTS(document)));
    writeFileSync(`${project}/tsconfig.json`, JSON.stringify(config));
    projects[name] = project;
  }
  const measured = await interleave(projects, effort.rounds(ROUNDS), async (project) => {
    // It fails when the program does not compile.
    const { stdout } = await exec(process.execPath, [tsc, "-p", project, "--extendedDiagnostics"]);
    const read = (what: string) => Number(new RegExp(`${what}:\\s+([\\d.]+)`).exec(stdout)?.[1]);
    return { [CHECKING]: read("Total time"), [INSTANTIATIONS]: read("Instantiations") };
  });
  return [
    ...rowsOf({
      metric: CHECKING,
      scenario: "tsc on a file that uses the client",
      unit: "s",
      values: valuesOf(measured, CHECKING),
      reference: NOTHING,
    }),
    ...rowsOf({
      metric: CHECKING,
      scenario: INSTANTIATIONS,
      unit: "instantiations",
      values: valuesOf(measured, INSTANTIATIONS),
    }),
  ];
}

const config = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2023", "dom"],
    module: "preserve",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
  },
};

async function building(effort: Effort): Promise<Row[]> {
  const commands = {
    "pnpm generate, five clients": ["generate"],
    "pnpm build, nothing cached": ["build", "--force"],
    "pnpm build, all cached": ["build"],
  };
  const measured = await interleave(
    commands,
    effort.rounds(ROUNDS_OF_BUILDS),
    async (args) => {
      const start = performance.now();
      await exec("pnpm", args, { cwd: root, maxBuffer: 2 ** 26 });
      return { [BUILDING]: (performance.now() - start) / 1_000 };
    },
    { warmsUp: false },
  );
  const values = valuesOf(measured, BUILDING);
  return rowsOf({ metric: BUILDING, scenario: "the whole command", unit: "s", values });
}
