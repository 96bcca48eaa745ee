import { statSync } from "node:fs";
import { manifest, type Packed } from "./packages.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";
import { toolPath } from "./toolchain.ts";

/** Scripts that we do not build: a library's bundle, and the scripts of the mock's pages. */
const isAsWritten = (file: string) => file === "dist/scalar.js" || file.startsWith("dist/pages/");

/** Inspects a tarball: what must and what must not be in it, and what publint and attw report. */
export async function checkTarball({ name, source, tarball }: Packed): Promise<void> {
  const files = run("tar", ["-tzf", tarball])
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
  const kilobytes = (statSync(tarball).size / 1000).toFixed(1);
  console.log(`\n${name}: ${files.length} files, ${kilobytes} kB packed`);

  for (const wanted of ["README.md", "LICENSE", "package.json"])
    report(files.includes(wanted), `${name} has ${wanted}`);
  const stray = files.filter((file) =>
    /^(src|test|scripts|node_modules)\/|tsconfig|\.tsbuildinfo/.test(file),
  );
  report(stray.length === 0, `${name} has no files that only this repository needs ${stray.join(" ")}`);
  const scripts = files.filter((file) => /\.c?js$/.test(file) && !isAsWritten(file));
  const unmapped = scripts.filter((file) => !files.includes(`${file}.map`));
  report(
    unmapped.length === 0,
    `${name} has source maps for its ${scripts.length} scripts ${unmapped.join(" ")}`,
  );

  const publint = toolPath("publint/src/cli.js");
  const suggestion = failureOf(() => {
    const said = run(process.execPath, [publint, "run", tarball, "--strict"]);
    // Suggestions alone do not make it fail.
    if (!said.includes("All good!")) throw new Error(said);
  });
  report(!suggestion, `${name} pleases publint ${suggestion}`);

  const attw = toolPath("@arethetypeswrong/cli/dist/index.js");
  if ("exports" in manifest(source) && files.some((file) => file.endsWith(".d.ts"))) {
    // What can be required is held to every way to resolve it.
    const profile = files.some((file) => file.endsWith(".d.cts")) ? "strict" : "esm-only";
    const complaint = failureOf(() =>
      run(process.execPath, [attw, tarball, "--profile", profile, "--no-emoji"]),
    );
    report(!complaint, `${name} pleases attw, ${profile} ${complaint}`);
  }
}

function failureOf(action: () => unknown): string {
  try {
    action();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
