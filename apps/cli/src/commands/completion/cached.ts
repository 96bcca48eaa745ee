import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Configuration } from "@betatelltd/esim-sdk";
import { configurationFor, usableConnection } from "../../connect.ts";
import type { Connection, ConnectionFlags } from "../../settings/connection.ts";
import { cacheFile } from "../../settings/folders.ts";
import { makeFolder } from "../../settings/make-folder.ts";
import type { Candidate } from "./complete.ts";

/** How long an answer is good for, in milliseconds. */
const FRESH = 60_000;

/** How long somebody waits after Tab, in milliseconds. */
const PATIENCE = 2_000;

/** Asks the service for values. @throws when there is no answer */
export type Ask = (configuration: Configuration) => Promise<readonly Candidate[]>;

/**
 * Values of this account at the service, cached for a minute in a file without keys. Without an answer they are the last ones that are
 * known, for a minute too: nobody waits for such a server at every Tab.
 * @param what they are, for the name of the file
 * @param flags those of the command line that is being completed
 * @throws when there are no keys
 */
export async function cached(what: string, ask: Ask, flags: ConnectionFlags): Promise<readonly Candidate[]> {
  const connection = usableConnection({ ...flags, quiet: true, color: false });
  const file = cacheFile(`${what}-${await nameOf(connection)}.json`);
  const known = file ? readCache(file) : undefined;
  if (known?.isFresh) return known.all;
  const configuration = await configurationFor(connection, { timeout: PATIENCE, maxRetries: 0 });
  const all = await ask(configuration).catch(() => known?.all ?? []);
  if (file) writeCache(file, all);
  return all;
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
