import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PackagesApi } from "@betatelltd/esim-sdk";
import { configurationFor, usableConnection } from "../../connect.ts";
import { plain } from "../../format/text.ts";
import type { Connection } from "../../settings/connection.ts";
import { cacheFile } from "../../settings/folders.ts";
import { makeFolder } from "../../settings/make-folder.ts";
import { rowsOf, templateOf } from "../packages/row.ts";
import type { Candidate } from "./complete.ts";

/** How long an answer is good for, in milliseconds. */
const FRESH = 60_000;

/** How long somebody waits after Tab, in milliseconds. */
const PATIENCE = 2_000;

/** As many packages as one page has: the API has no list of templates, but packages name theirs. */
const PAGE = 1_000;

/**
 * The templates of this account's packages, kept for a minute in a file without keys.
 * @throws when there are no keys, or no answer
 */
export async function templates(): Promise<readonly Candidate[]> {
  const connection = usableConnection({ quiet: true, color: false });
  const file = cacheFile(`templates-${await nameOf(connection)}.json`);
  const cached = file && readCache(file);
  if (cached) return cached;
  const api = new PackagesApi(await configurationFor(connection, { timeout: PATIENCE, maxRetries: 0 }));
  const { data } = await api.getPackages({ count: PAGE });
  const found = new Map<string, Candidate>();
  for (const row of rowsOf(data) ?? []) {
    const { id, name } = templateOf(row);
    if (typeof id === "number")
      found.set(`${id}`, { word: `${id}`, meaning: name ? plain(name) : undefined });
  }
  const all = [...found.values()].sort((a, b) => Number(a.word) - Number(b.word));
  if (file) writeCache(file, all);
  return all;
}

/** The same for the same account at the same server, and for no other. */
async function nameOf({ baseUrl, userId }: Connection): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(`${baseUrl.value}\n${userId.value}`).digest("hex").slice(0, 16);
}

function readCache(file: string): readonly Candidate[] | undefined {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    if (!(age >= 0 && age < FRESH)) return undefined;
    const cached: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(cached) && cached.every((each) => typeof each?.word === "string")
      ? cached
      : undefined;
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
