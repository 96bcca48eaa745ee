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

/** The keys of one account and the server that they belong to, by default production. */
export interface StoredKeys {
  readonly userId?: string;
  readonly apiKey?: string;
  readonly baseUrl?: string;
}

/** The stored profiles by name, and the one in use. */
export interface StoredProfiles {
  readonly current?: string | undefined;
  readonly profiles: ReadonlyMap<string, StoredKeys>;
}

/** The profile that `esim login` stores without --profile. */
export const DEFAULT_PROFILE = "default";

/** The version of the file format. Version 1 had no version field and one account, which is read as the default profile. */
const VERSION = 2;

const OTHER_PLACE =
  "set XDG_CONFIG_HOME to a folder that you can write to, or set ESIM_USER_ID and ESIM_API_KEY";

const NONE: StoredProfiles = { profiles: new Map() };

/** Reads the stored profiles; none if there is no file. @throws CliError if the file cannot be read or is invalid */
export function readProfiles(): StoredProfiles {
  const file = credentialsFile();
  if (!file) return NONE;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return NONE;
    // With these, no file can be created there either.
    const isPathWrong = ["ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(code);
    const hint = isPathWrong ? OTHER_PLACE : "make it readable, or remove it and run `esim login`";
    throw unusable(`cannot read ${file} [${code}]`, hint);
  }
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw unusable(`${file} is not JSON`, "correct it, or remove it and run `esim login`");
  }
  const { version } = Object(stored) as { version?: unknown };
  if (typeof version === "number" && version > VERSION)
    throw unusable(
      `${file} was written by a newer version of esim`,
      "update esim, or set ESIM_USER_ID and ESIM_API_KEY",
    );
  const profiles = version === VERSION ? profilesOf(stored) : migrated(stored);
  if (!profiles) throw unusable(`${file} contains no keys`, "correct it, or remove it and run `esim login`");
  return profiles;
}

function profilesOf(stored: unknown): StoredProfiles | undefined {
  const { current, profiles } = Object(stored) as { current?: unknown; profiles?: unknown };
  if (typeof profiles !== "object" || profiles === null || Array.isArray(profiles)) return undefined;
  const entries = Object.entries<StoredKeys>({ ...profiles });
  if (!entries.every(([, keys]) => areKeys(keys)) || typeof (current ?? "") !== "string") return undefined;
  return { current: (current ?? undefined) as string | undefined, profiles: new Map(entries) };
}

/** Reads a file of version 1. Other JSON objects are rejected: the file is not ours, and a login would overwrite it. */
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
 * Stores profiles in a file that only this user can read, and returns its path. The file is replaced atomically; if it is a link, its
 * target is. If no profile is left, the file is removed, but a link stays for the next login.
 * @throws CliError if the file cannot be written
 */
export function writeProfiles({ current, profiles }: StoredProfiles): string {
  const file = credentialsFile();
  if (!file)
    throw new CliError(
      "cannot store keys: this user has no home folder",
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
    // The mode of a linked folder is left alone: it may belong to a dotfiles repository.
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
    throw unusable(`cannot write ${file} [${code}]`, OTHER_PLACE);
  }
}

/** Resolves links, including one whose target does not exist yet. */
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

/** The file with the stored keys, if other users of this machine can read it. */
export function exposedFile(): string | undefined {
  const file = credentialsFile();
  if (!file || process.platform === "win32") return undefined;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && (stat.mode & 0o077) !== 0 ? file : undefined;
}

function unusable(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.credentials);
}
