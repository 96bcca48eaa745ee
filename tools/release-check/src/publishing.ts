import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { manifest, type Packed, root } from "./packages.ts";
import { report } from "./report.ts";
import { freePort, run } from "./run.ts";
import type { Bill } from "./sbom.ts";
import { toolPath } from "./toolchain.ts";

// CI machines have no name to commit and tag with; a developer's own hooks and signing must not run here.
const GIT = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "release-check",
  GIT_AUTHOR_EMAIL: "release@check.invalid",
  GIT_COMMITTER_NAME: "release-check",
  GIT_COMMITTER_EMAIL: "release@check.invalid",
};

/** Versions and publishes a copy of this repository to a registry on loopback, with the commands of a real release. */
export async function checkPublishing(packed: readonly Packed[], folder: string): Promise<void> {
  console.log("\nto a registry on this machine");
  const copy = join(folder, "copy");
  const listed = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of listed.split("\0").filter(Boolean)) {
    // A file that was deleted but not committed is still listed.
    if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
  }
  // Changesets asks git what has changed.
  const git = (...args: string[]) => run("git", args, { cwd: copy, env: GIT });
  git("init", "--quiet", "--initial-branch=main");
  run("pnpm", ["install", "--offline", "--frozen-lockfile", "--silent"], { cwd: copy });
  git("add", "--all");
  git("commit", "--quiet", "--message=copy");

  // Right after a version was created there are no changesets for the next one; then this one is published.
  const pending = globSync(".changeset/*.md", { cwd: copy }).filter((file) => !file.endsWith("README.md"));
  if (pending.length > 0) {
    run("pnpm", ["changeset", "version"], { cwd: copy, env: GIT });
    git("commit", "--quiet", "--all", "--message=version");
  }
  const sources = packed.map(({ source }) => join(copy, source.slice(root.length)));
  const versions = new Set(sources.map((source) => manifest(source).version));
  const [version = ""] = versions;
  report(
    versions.size === 1 && version !== "0.0.0",
    `${pending.length} changesets give all packages one version: ${[...versions].join(", ")}`,
  );

  const registry = await startRegistry(join(folder, "registry"));
  try {
    const env = registry.environment;
    run("pnpm", ["release"], { cwd: copy, env });
    checkBills(join(copy, "release"), packed);
    const again = run("tools/release-check/publish.sh", ["release"], { cwd: copy, env });
    const skipped = again.match(/is out already/g)?.length;
    report(skipped === packed.length, `publishing again skips ${skipped} packages that are out`);
    for (const { name } of packed) {
      const seen = JSON.parse(
        run("npm", ["view", name, "version", "dependencies", "--json"], { env, cwd: folder }),
      );
      const { version: published = seen, dependencies = {} } = typeof seen === "object" ? seen : {};
      report(published === version, `${name} ${published} is in the registry`);
      const open = Object.entries(dependencies as Record<string, string>).filter(([, range]) =>
        /workspace:|catalog:/.test(range),
      );
      report(open.length === 0, `${name} depends on versions that a registry knows ${open.join(" ")}`);
    }
    checkTags(copy, packed, version, folder);
    const project = join(folder, "from-registry");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), "{}");
    run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "@betatelltd/esim-cli"], {
      cwd: project,
      env,
    });
    const said = run(process.execPath, [
      join(project, "node_modules/@betatelltd/esim-cli/dist/bin.js"),
      "--version",
    ]).trim();
    report(said === version, `esim ${said} installs from the registry and runs`);
  } finally {
    await registry.stop();
  }
}

/** What a release brings along is listed, and the list says nothing of the machine that it was made on. */
function checkBills(folder: string, packed: readonly Packed[]): void {
  for (const { name } of packed) {
    const [file = ""] = globSync(`${name.replace("@", "").replace("/", "-")}-[0-9]*.cdx.json`, {
      cwd: folder,
    });
    const text = readFileSync(join(folder, file), "utf8");
    const { components }: Bill = JSON.parse(text);
    const missing = (EXPECTED[name] ?? []).filter((each) => !components.some((part) => part.name === each));
    report(missing.length === 0, `${file} lists ${components.length} components ${missing.join(" ")}`);
    report(!text.includes(tmpdir()), `${file} names no folder of this machine`);
  }
}

/** What the release's last job asks GitHub for, as a `gh` of ours sees it that knows of no tag and no release. */
function checkTags(copy: string, packed: readonly Packed[], version: string, folder: string): void {
  const bin = join(folder, "gh");
  mkdirSync(bin);
  writeFileSync(
    join(bin, "gh"),
    '#!/bin/sh\ncase "$*" in *ref/tags/*|*view*) exit 1;; *) echo "gh $*" >> "$GH_LOG";; esac\n',
    {
      mode: 0o755,
    },
  );
  const log = join(folder, "gh.log");
  run("tools/release-check/tag.sh", ["release"], {
    cwd: copy,
    env: {
      PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
      GH_LOG: log,
      GITHUB_REPOSITORY: "owner/name",
      GITHUB_SHA: "abc",
    },
  });
  const asked = readFileSync(log, "utf8");
  const tags = [...asked.matchAll(/git\/refs .*refs\/tags\/(\S+) -f sha=abc/g)].map(([, tag]) => tag);
  const wanted = [
    ...packed.map(({ name }) => `${name}@${version}`),
    `packages/clients/go/v${version}`,
    `v${version}`,
  ];
  report(`${tags.sort()}` === `${wanted.sort()}`, `a release is tagged ${tags.join(", ")}`);
  const files = packed.length * 2 + 1;
  const attached = asked.match(/release create .*/)?.[0].match(/ \.\/\S+/g)?.length;
  report(attached === files, `a release has ${attached} files: tarballs, bills of materials, checksums`);
}

/** Of each kind that a bill has to find, one: a dependency, a dependency's dependency, bundled by us, bundled by another project. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  "@betatelltd/esim-sdk": ["openapi-fetch", "openapi-typescript-helpers"],
  "@betatelltd/esim-sdk-axios": ["axios", "form-data"],
  "@betatelltd/esim-mock": ["@betatelltd/esim-openapi", "@stoplight/prism-http", "@codemirror/view"],
  "@betatelltd/esim-cli": ["commander", "openapi-fetch"],
};

interface Registry {
  readonly environment: Record<string, string>;
  stop(): Promise<void>;
}

/** A registry for our scope on 127.0.0.1. Other packages come from the machine's own registry. */
async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const upstream = run("npm", ["config", "get", "registry"], { cwd: folder }).trim();
  const config = {
    storage: "./storage",
    uplinks: { upstream: { url: upstream } },
    packages: {
      "@betatelltd/*": { access: "$all", publish: "$all" },
      "**": { access: "$all", proxy: "upstream" },
    },
    log: { type: "file", path: "./verdaccio.log", format: "json", level: "warn" },
  };
  // JSON is YAML too.
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(config));
  const npmrc = join(folder, "npmrc");
  // npm does not publish without a token; this registry ignores it.
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=none\n`);

  const bin = toolPath("verdaccio/bin/verdaccio");
  const child = spawn(process.execPath, [bin, "--config", "config.yaml", "--listen", `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: "ignore",
  });
  await untilItAnswers(`${url}-/ping`, child, folder);
  return {
    environment: {
      NPM_CONFIG_USERCONFIG: npmrc,
      NPM_CONFIG_REGISTRY: url,
      npm_config_registry: url,
      NPM_CONFIG_PROVENANCE: "false",
    },
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}

async function untilItAnswers(url: string, child: ChildProcess, folder: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (child.exitCode !== null) break;
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The registry did not start:\n${readFileSync(join(folder, "verdaccio.log"), "utf8")}`);
}
