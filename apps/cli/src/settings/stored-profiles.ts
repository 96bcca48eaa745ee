import {
  chmodSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { credentialsFile } from "./folders.ts";
import { makeFolder } from "./make-folder.ts";

/** The keys of one account, and the server that they belong to; without it, the production server. */
export interface StoredKeys {
  readonly userId?: string;
  readonly apiKey?: string;
  readonly baseUrl?: string;
}

/** What is stored: profiles by name, and which of them is used where none is named. */
export interface StoredProfiles {
  readonly current?: string | undefined;
  readonly profiles: ReadonlyMap<string, StoredKeys>;
}

/** The name of the profile that `esim login` stores where none is named. */
export const DEFAULT_PROFILE = "default";

/** The form of the file. The first had no version and the keys of one account, which is read as the default profile. */
const VERSION = 2;

const OTHER_PLACE = "set XDG_CONFIG_HOME to a folder of yours, or set ESIM_USER_ID and ESIM_API_KEY";

const NONE: StoredProfiles = { profiles: new Map() };

/** Reads the stored profiles; none where there is no file. @throws CliError for a file that cannot be read or understood */
export function readProfiles(): StoredProfiles {
  const file = credentialsFile();
  if (!file) return NONE;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return NONE;
    // No file can be made there either.
    const isPlaceWrong = ["ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(code);
    const hint = isPlaceWrong ? OTHER_PLACE : "make it readable, or remove it and run `esim login`";
    throw unusable(file, `cannot be read [${code}]`, hint);
  }
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw unusable(file, "is not JSON", "correct it, or remove it and run `esim login`");
  }
  const { version } = Object(stored) as { version?: unknown };
  if (typeof version === "number" && version > VERSION)
    throw unusable(file, "was written by a newer esim", "update esim, or set ESIM_USER_ID and ESIM_API_KEY");
  const profiles = version === VERSION ? profilesOf(stored) : migrated(stored);
  if (!profiles) throw unusable(file, "holds no keys", "correct it, or remove it and run `esim login`");
  return profiles;
}

function profilesOf(stored: unknown): StoredProfiles | undefined {
  const { current, profiles } = Object(stored) as { current?: unknown; profiles?: unknown };
  if (typeof profiles !== "object" || profiles === null || Array.isArray(profiles)) return undefined;
  const entries = Object.entries<StoredKeys>({ ...profiles });
  if (!entries.every(([, keys]) => areKeys(keys)) || typeof (current ?? "") !== "string") return undefined;
  return { current: (current ?? undefined) as string | undefined, profiles: new Map(entries) };
}

/** A file of the first version. What is neither empty nor has one of its fields is not ours: a login would write over it. */
function migrated(stored: unknown): StoredProfiles | undefined {
  if (!areKeys(stored)) return undefined;
  const { userId, apiKey, baseUrl } = stored;
  const keys = { ...(userId && { userId }), ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }) };
  if (Object.keys(keys).length === 0) return Object.keys(stored).length === 0 ? NONE : undefined;
  return { current: DEFAULT_PROFILE, profiles: new Map([[DEFAULT_PROFILE, keys]]) };
}

function areKeys(value: unknown): value is StoredKeys {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { userId, apiKey, baseUrl } = value as Record<string, unknown>;
  return [userId, apiKey, baseUrl].every((each) => typeof (each ?? "") === "string");
}

/**
 * Stores profiles where only this user can read them, and gives the name of the file. A new file takes the old one's place in one step;
 * where that is a link, the place of the file that it leads to. Without profiles that file is removed, and a link stays for the next login.
 * @throws CliError where no file can be written
 */
export function writeProfiles({ current, profiles }: StoredProfiles): string {
  const file = credentialsFile();
  if (!file)
    throw new CliError(
      "there is no place for stored keys: this user has no home folder",
      "set XDG_CONFIG_HOME to an absolute path, or set ESIM_USER_ID and ESIM_API_KEY",
      ExitCode.credentials,
    );
  let draft: string | undefined;
  try {
    if (profiles.size === 0) {
      rmSync(targetOf(file), { force: true });
      return file;
    }
    const folder = dirname(file);
    makeFolder(folder);
    // A folder that is a link belongs to something else, such as a collection of dotfiles.
    if (realpathSync(folder) === folder) chmodSync(folder, 0o700);
    const target = targetOf(file);
    draft = `${target}.${process.pid}`;
    const stored = { version: VERSION, current, profiles: Object.fromEntries(profiles) };
    writeFileSync(draft, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, target);
    return file;
  } catch (error) {
    if (draft) rmSync(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw unusable(file, `cannot be written [${code}]`, OTHER_PLACE);
  }
}

/** Where a file really is: links are followed, also one that leads to nothing yet. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return resolve(realpathSync(dirname(file)), readlinkSync(file));
    } catch {
      return file;
    }
  }
}

/** The file of the stored keys, if others on this machine could read it. */
export function exposedFile(): string | undefined {
  const file = credentialsFile();
  if (!file || process.platform === "win32") return undefined;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && (stat.mode & 0o077) !== 0 ? file : undefined;
}

function unusable(file: string, what: string, hint: string): CliError {
  return new CliError(`${file} ${what}`, hint, ExitCode.credentials);
}
