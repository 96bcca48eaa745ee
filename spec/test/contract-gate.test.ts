import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { hasGo } from "../contract-gate/oasdiff.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The file that is changed here. */
const SCHEMAS = "spec/schemas/packages.yaml";
const contract = readFileSync(here("../schemas/packages.yaml"), "utf8");
const cannotRun = !hasGo() && !(process.env.CI && process.env.REQUIRE_ALL_CLIENTS);
if (cannotRun) console.warn("The contract gate was not tested: Go is missing.");
/** The first use of oasdiff compiles it. */
const FIVE_MINUTES = 300_000;

/** A repository with the contract, released as 1.2.3, whose package schemas were changed since. */
function repository(changed: string, bump?: string, version = "1.2.3"): string {
  const folder = mkdtempSync(join(tmpdir(), "esim-gate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...args], {
      cwd: folder,
      stdio: "pipe",
    });
  mkdirSync(join(folder, "spec"));
  mkdirSync(join(folder, ".changeset"));
  write(folder, "1.2.3", contract);
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message=Release");
  git("tag", "@betatelltd/esim-openapi@1.2.3");
  write(folder, version, changed);
  if (bump)
    writeFileSync(
      join(folder, ".changeset/change.md"),
      `---\n"@betatelltd/esim-openapi": ${bump}\n---\n\nA change.\n`,
    );
  return folder;
}

function write(folder: string, version: string, text: string): void {
  for (const part of ["openapi.yaml", "paths", "schemas", "shared", "examples"])
    cpSync(here(`../${part}`), join(folder, "spec", part), { recursive: true });
  writeFileSync(join(folder, SCHEMAS), text);
  writeFileSync(join(folder, "spec/package.json"), JSON.stringify({ version }));
  writeFileSync(join(folder, "package.json"), "{}");
}

function gate(folder: string, env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [here("../contract-gate/main.ts")], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { status, text: stdout + stderr };
}

/** Fails if the contract has changed so much that an edit below does nothing. */
function edited(from: string | RegExp, to: string): string {
  const after = contract.replace(from, to);
  expect(after).not.toBe(contract);
  return after;
}
const FIELD = /( {4})(window_activation_start:\n(?: {6}.*\n)+)/;
const madeUp = {
  "removes a field": { needs: "major", text: () => edited(FIELD, "") },
  "adds a field": { needs: "minor", text: () => edited(FIELD, "$1activation_$2$1$2") },
  "only rewords a description": {
    needs: "none",
    text: () => edited("State of the package.", "The state of the package."),
  },
};
const bumps = ["none", "patch", "minor", "major"];

describe.skipIf(cannotRun).each(Object.entries(madeUp))("a contract that %s", (_, { needs, text }) => {
  test.each(bumps)(
    "with a changeset: %s",
    (bump) => {
      const { status, text: output } = gate(repository(text(), bump === "none" ? undefined : bump));
      const enough = bumps.indexOf(bump) >= bumps.indexOf(needs);
      expect(output).toContain(`Needed: ${needs}. Declared: ${bump}.`);
      expect(status, output).toBe(enough ? 0 : 1);
      if (enough) return;
      expect(output).toContain("window_activation_start");
      expect(output).toContain(`choose @betatelltd/esim-openapi with a ${needs} bump`);
      expect(output.split("\n").length).toBeLessThan(30);
    },
    FIVE_MINUTES,
  );
});

test.skipIf(cannotRun)(
  "a version that has already been raised counts as a changeset",
  () => {
    expect(gate(repository(edited(FIELD, ""), undefined, "2.0.0")).status).toBe(0);
    expect(gate(repository(edited(FIELD, ""), undefined, "1.3.0")).status).toBe(1);
  },
  FIVE_MINUTES,
);

test.skipIf(cannotRun)(
  "a file that is not an OpenAPI document fails",
  () => {
    const { status, text } = gate(repository("Package: [", "major"));
    expect(text).toContain("packages.yaml");
    expect(status).toBe(1);
  },
  FIVE_MINUTES,
);

test("without Go it fails, and says what to do", () => {
  const folder = repository(edited(FIELD, ""), "major");
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const git = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
  writeFileSync(join(bin, "git"), `#!/bin/sh\nexec ${git} "$@"\n`, { mode: 0o755 });
  expect(gate(folder, { PATH: bin })).toEqual({ status: 1, text: expect.stringContaining("needs Go") });
});

test("before the first release nothing can break", () => {
  const folder = repository(contract);
  execFileSync("git", ["tag", "--delete", "@betatelltd/esim-openapi@1.2.3"], { cwd: folder });
  expect(gate(folder)).toEqual({
    status: 0,
    text: "The contract has never been released, so nothing can break.\n",
  });
});

test("a clone without history is refused, with the command that fetches it", () => {
  const folder = repository(contract);
  execFileSync("git", ["tag", "--delete", "@betatelltd/esim-openapi@1.2.3"], { cwd: folder });
  const clone = `${folder}-shallow`;
  onTestFinished(() => rmSync(clone, { recursive: true }));
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${folder}`, clone]);
  cpSync(join(folder, "spec"), join(clone, "spec"), { recursive: true });
  expect(gate(clone)).toEqual({ status: 1, text: expect.stringContaining("git fetch --unshallow --tags") });
});
