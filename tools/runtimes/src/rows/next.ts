import { once } from "node:events";
import { cpSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { type Check, check } from "../check.ts";
import type { Context } from "../context.ts";
import { versionOf } from "../install.ts";
import { bareEnvironment, run, start } from "../run.ts";

const app = resolve(import.meta.dirname, "../../projects/next");
/** The pages, and their settings. The last one is rendered for each visit, so it must show fresh rows. */
const PAGES = { plain: "as it is", forced: "cache forced on", "forced-dynamic": "cache forced on, dynamic" };

/** Two tenants in one server component, in a framework that caches `fetch`. */
export async function next({ toolchain, packed }: Context): Promise<Check[]> {
  const checks: Check[] = [];
  for (const folder of [toolchain, join(toolchain, "next-14")]) {
    const version = `Next ${versionOf(folder, "next")}`;
    const project = packed.project("next", folder);
    cpSync(app, project, { recursive: true });
    const server = await startTenants();
    try {
      const { port } = server.address() as AddressInfo;
      checks.push(...(await serve(version, join(folder, "node_modules/next/dist/bin/next"), project, port)));
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  return checks;
}

async function serve(version: string, program: string, cwd: string, port: number): Promise<Check[]> {
  const env = {
    ...bareEnvironment(),
    ESIM_BASE_URL: `http://127.0.0.1:${port}`,
    NEXT_TELEMETRY_DISABLED: "1",
    // Otherwise Next 14 asks the registry for packages of other platforms.
    NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
  };
  const built = await run(process.execPath, [program, "build"], { cwd, env });
  if (!built.ok) return [check(`${version}: builds`, built.output)];

  const site = start(process.execPath, [program, "start", "-H", "127.0.0.1", "-p", "0"], { cwd, env });
  try {
    const url = await addressIn(site.output);
    const checks: Check[] = [];
    for (const [page, title] of Object.entries(PAGES)) {
      const visits = [await visit(`${url}/${page}`), await visit(`${url}/${page}`)];
      const problems = visits.flatMap(wrongRows);
      if (page === "forced-dynamic" && visits[0] === visits[1])
        problems.push(`the second visit gets cached rows: ${visits[0]}`);
      checks.push(check(`${version}, ${title}: each of two tenants gets its own rows`, ...problems));
    }
    return checks;
  } finally {
    await site.end();
  }
}

/** A server whose rows name their tenant and the number of responses so far. */
async function startTenants(): Promise<Server> {
  let answers = 0;
  const server = createServer(({ headers }, response) => {
    const tenant = `${headers["x-api-key"]}`.replace("key-of-", "");
    const packages = [{ id: `${tenant}-${answers++}` }];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ total: 1, count: 1, offset: 0, packages }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

async function addressIn(output: () => string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const url = /http:\/\/(127\.0\.0\.1|localhost):(\d+)/.exec(output());
    if (url) return `http://127.0.0.1:${url[2]}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`next start did not print its address\n${output()}`);
}

async function visit(url: string): Promise<string> {
  const response = await fetch(url);
  const text = (await response.text()).replaceAll("&#x27;", '"').replaceAll("&quot;", '"');
  return /SEEN (\{[^}]*\}) END/.exec(text)?.[1] ?? `status ${response.status} ${text.slice(0, 300)}`;
}

function wrongRows(seen: string): string[] {
  try {
    const rows: Record<string, string[]> = JSON.parse(seen.replaceAll("'", '"'));
    return ["one", "two"]
      .filter(
        (tenant) => rows[tenant]?.length !== 2 || !rows[tenant].every((id) => id.startsWith(`${tenant}-`)),
      )
      .map((tenant) => `tenant ${tenant} sees ${JSON.stringify(rows[tenant])}`);
  } catch {
    return [seen];
  }
}
