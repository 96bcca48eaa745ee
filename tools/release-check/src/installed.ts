import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { here, type Packed, root } from "./packages.ts";
import { report } from "./report.ts";
import { environment, nodes, pathWith, run } from "./run.ts";

const KEYS = { ESIM_API_KEY: "release-check-key", ESIM_USER_ID: "release-check-user" };

/** Installs the tarballs in an empty project with npm, as a user would, and uses them. Returns the project. */
export async function checkInstalled(packed: readonly Packed[], folder: string): Promise<string> {
  const project = join(folder, "project");
  mkdirSync(project);
  const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const { devDependencies } = JSON.parse(run("pnpm", ["ls", "--json", "--depth", "0"], { cwd: here }))[0];
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      name: "release-check",
      private: true,
      type: "module",
      dependencies: tarballs,
      // The packages depend on each other by a version that is not published yet.
      overrides: Object.fromEntries(Object.keys(tarballs).map((name) => [name, `$${name}`])),
      devDependencies: {
        typescript: devDependencies.typescript.version,
        "@types/node": devDependencies["@types/node"].version,
      },
    }),
  );
  console.log("\nin a project of its own");
  const install = "npm install --no-audit --no-fund --loglevel=error --foreground-scripts 2>&1";
  const telemetry = { SCARF_VERBOSE: "true", SCARF_ANALYTICS: undefined, DO_NOT_TRACK: undefined };
  const printed = run("sh", ["-c", install], { cwd: project, env: telemetry });
  report(true, `npm installs ${packed.length} tarballs`);
  // Prism depends on a package that reports its installation, unless a package between it and the user opts out.
  report(printed.includes("Scarf has been disabled via a package.json"), "and reports nothing to scarf.sh");

  checkTypes(project);
  const mock = await startInstalledMock(project);
  try {
    for (const node of nodes()) use(project, node, mock.url);
    if (nodes().length === 1)
      console.log(`- no other Node than ${process.version} on this machine: not tried on another`);
  } finally {
    mock.child.kill();
    await once(mock.child, "exit");
  }
  report(mock.child.exitCode === 0, "the installed esim-mock ends cleanly when it is asked to");
  return project;
}

function checkTypes(project: string): void {
  copyFileSync(join(root, "apps/examples/src/reference-samples.ts"), join(project, "samples.ts"));
  writeFileSync(
    join(project, "tests.ts"),
    'import { startMock } from "@betatelltd/esim-mock";\nexport const mock = await startMock({ port: 0 });\n',
  );
  const tsc = join(project, "node_modules/typescript/bin/tsc");
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--types", "node"];
  const ways = {
    nodenext: ["--module", "nodenext"],
    bundler: ["--module", "preserve", "--moduleResolution", "bundler"],
  };
  for (const [way, flags] of Object.entries(ways)) {
    run(process.execPath, [tsc, ...strict, ...flags, "--outDir", "out", "samples.ts", "tests.ts"], {
      cwd: project,
    });
    report(
      true,
      `the reference's samples, and a test with a mock, compile in strict mode as ${way}, with the libraries' types`,
    );
  }
}

async function startInstalledMock(project: string): Promise<{ url: string; child: ChildProcess }> {
  const bin = join(project, "node_modules/.bin/esim-mock");
  const env = environment(pathWith(process.execPath));
  report(
    /^\d+\.\d+\.\d+/.test(run(bin, ["--version"], { env })),
    "the installed esim-mock prints its version",
  );
  const child = spawn(bin, ["--port", "0", "--log-level", "silent"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  const url = /http:\S+/.exec(String(line))?.[0];
  if (!url) throw new Error(`esim-mock printed ${line}`);
  report(true, `the installed esim-mock listens on ${url}`);
  for (const path of ["/docs", "/docs/scalar.js", "/_mock/ui", "/openapi.json"]) {
    report((await fetch(url + path)).ok, `the installed esim-mock serves ${path}`);
  }
  return { url, child };
}

function use(project: string, { path, version }: { path: string; version: string }, url: string): void {
  const env = { ...KEYS, ...pathWith(path), ESIM_BASE_URL: url };
  const samples = run(path, [join(project, "out/samples.js")], { env });
  report(samples.trimEnd().endsWith("\nok"), `the samples run on Node ${version}`);

  const esim = (...args: string[]) => run(join(project, "node_modules/.bin/esim"), args, { env });
  report(
    /^\d+\.\d+\.\d+/.test(esim("--version")),
    `the installed esim prints its version on Node ${version}`,
  );
  const { packages } = JSON.parse(esim("packages", "list", "--json"));
  report(packages.length === 2, `the installed esim lists packages on Node ${version}`);
  if (Number.parseInt(version.slice(1), 10) >= 24) {
    const checked = esim("doctor", "--contract").includes("✓ contract");
    report(checked, `the installed esim finds esim-mock and checks the contract on Node ${version}`);
  }
}
