import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Configuration } from "@betatelltd/esim-sdk";
import { configurationFor, usableConnection } from "../../connect.ts";
import type { Connection, ConnectionFlags } from "../../settings/connection.ts";
import { cacheFile } from "../../settings/folders.ts";
import { makeFolder } from "../../settings/make-folder.ts";
import type { Candidate } from "./candidate.ts";

/** How long cached values are used, in milliseconds. */
const MAX_AGE = 60_000;

/** How long to wait for the server after Tab, in milliseconds. */
const TIMEOUT = 2_000;

/** Fetches values from the server. @throws if there is no answer */
export type FetchValues = (configuration: Configuration) => Promise<readonly Candidate[]>;

/**
 * Values of this account, cached for a minute in a file without keys. If the server does not answer, the previous values are cached for
 * another minute, so that it does not delay every Tab.
 * @param what what they are, for the file name
 * @param flags the flags of the command line that is being completed
 * @throws if there are no keys
 */
export async function cached(
  what: string,
  fetchValues: FetchValues,
  flags: ConnectionFlags,
): Promise<readonly Candidate[]> {
  const connection = usableConnection({ ...flags, quiet: true, color: false });
  const file = cacheFile(`${what}-${await nameOf(connection)}.json`);
  const previous = file ? readCache(file) : undefined;
  if (previous?.isFresh) return previous.all;
  const configuration = await configurationFor(connection, { timeout: TIMEOUT, maxRetries: 0 });
  const all = await fetchValues(configuration).catch(() => previous?.all ?? []);
  if (file) writeCache(file, all);
  return all;
}

/** Unique per account and server. */
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
    return { all, isFresh: age >= 0 && age < MAX_AGE };
  } catch {
    return undefined;
  }
}

/** Failures are ignored: the next Tab fetches again. */
function writeCache(file: string, all: readonly Candidate[]): void {
  try {
    makeFolder(dirname(file));
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(all), { mode: 0o600 });
    renameSync(draft, file);
  } catch {}
}
