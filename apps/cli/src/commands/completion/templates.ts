import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PackagesApi } from "@betatelltd/esim-sdk";
import { configurationFor, usableConnection } from "../../connect.ts";
import { plain } from "../../format/text.ts";
import { asRow, rowsOf } from "../../listing/row.ts";
import type { Connection, ConnectionFlags } from "../../settings/connection.ts";
import { cacheFile } from "../../settings/folders.ts";
import { makeFolder } from "../../settings/make-folder.ts";
import { templateOf } from "../packages/template-of.ts";
import type { Candidate } from "./complete.ts";

/** How long an answer is good for, in milliseconds. */
const FRESH = 60_000;

/** How long somebody waits after Tab, in milliseconds. */
const PATIENCE = 2_000;

/** As many packages as one page has: the API has no list of templates, but packages name theirs. */
const PAGE = 1_000;

/**
 * The templates of this account's packages, cached for a minute in a file without keys. Without an answer they are the last ones that are
 * known, for a minute too: nobody waits for such a server at every Tab.
 * @param flags those of the command line that is being completed
 * @throws when there are no keys
 */
export async function templates(flags: ConnectionFlags): Promise<readonly Candidate[]> {
  const connection = usableConnection({ ...flags, quiet: true, color: false });
  const file = cacheFile(`templates-${await nameOf(connection)}.json`);
  const cached = file ? readCache(file) : undefined;
  if (cached?.isFresh) return cached.all;
  const all = await fetchTemplates(connection).catch(() => cached?.all ?? []);
  if (file) writeCache(file, all);
  return all;
}

/** @throws when there is no answer */
async function fetchTemplates(connection: Connection): Promise<readonly Candidate[]> {
  const api = new PackagesApi(await configurationFor(connection, { timeout: PATIENCE, maxRetries: 0 }));
  const { data } = await api.getPackages({ count: PAGE });
  const found = new Map<string, Candidate>();
  for (const row of rowsOf(data, "packages") ?? []) {
    const { id, name } = templateOf(asRow(row));
    if (typeof id === "number")
      found.set(`${id}`, { word: `${id}`, meaning: name ? plain(name) : undefined });
  }
  return [...found.values()].sort((a, b) => Number(a.word) - Number(b.word));
}

/** The same for the same account at the same server, and for no other. */
async function nameOf({ baseUrl, userId }: Connection): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(`${baseUrl.value}\n${userId.value}`).digest("hex").slice(0, 16);
}

interface Cached {
  readonly all: readonly Candidate[];
  readonly isFresh: boolean;
}

function readCache(file: string): Cached | undefined {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const all: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (!Array.isArray(all) || !all.every((each) => typeof each?.word === "string")) return undefined;
    return { all, isFresh: age >= 0 && age < FRESH };
  } catch {
    return undefined;
  }
}

/** Where it cannot be kept, the next Tab asks again. */
function writeCache(file: string, all: readonly Candidate[]): void {
  try {
    makeFolder(dirname(file));
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(all), { mode: 0o600 });
    renameSync(draft, file);
  } catch {}
}
