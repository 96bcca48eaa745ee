import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { isLoopback, shown } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";

/** What `esim login` stores. */
export interface StoredCredentials {
  readonly userId: string;
  readonly apiKey: string;
  readonly baseUrl?: string;
}

/** A setting and where it comes from. */
export interface Setting {
  readonly value: string | undefined;
  readonly source: string;
}

/** Everything that a call needs, each with its source. */
export interface Connection {
  readonly userId: Setting;
  readonly apiKey: Setting;
  readonly baseUrl: Setting;
}

const PRODUCTION = "https://esim.betatel.com/api/v1/esim";

/** `$XDG_CONFIG_HOME/esim/credentials.json`, by default below `~/.config`. */
export function credentialsFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "esim", "credentials.json");
}

/** Reads the stored credentials; `undefined` if there are none. @throws CliError for a file that cannot be read */
export function readCredentials(): StoredCredentials | undefined {
  const file = credentialsFile();
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CliError(
      `${file} cannot be read`,
      "make it readable, or run `esim login` again",
      ExitCode.credentials,
    );
  }
  let stored: Partial<Record<keyof StoredCredentials, unknown>>;
  try {
    stored = Object(JSON.parse(text));
  } catch {
    throw new CliError(`${file} is not JSON`, "run `esim login` again", ExitCode.credentials);
  }
  const { userId, apiKey, baseUrl } = stored;
  if ([userId, apiKey, baseUrl].some((each) => typeof (each ?? "") !== "string")) {
    throw new CliError(`${file} holds no keys`, "run `esim login` again", ExitCode.credentials);
  }
  return stored as StoredCredentials;
}

/** Whether others on this machine could read the file. */
export function isExposed(): boolean {
  return process.platform !== "win32" && (statSync(credentialsFile()).mode & 0o077) !== 0;
}

/**
 * Stores credentials where only this user can read them: the new file takes the old one's place in one step.
 * @throws CliError where no file can be written
 */
export function writeCredentials(credentials: StoredCredentials): string {
  const file = credentialsFile();
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    chmodSync(dirname(file), 0o700);
    writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw unusable("written", error);
  }
  return file;
}

/** Removes the file; `false` if there was none. @throws CliError for a file that cannot be removed */
export function removeCredentials(): boolean {
  try {
    rmSync(credentialsFile());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw unusable("removed", error);
  }
}

function unusable(deed: string, error: unknown): CliError {
  const { code } = error as NodeJS.ErrnoException;
  const hint = "set XDG_CONFIG_HOME to a folder of yours, or set ESIM_USER_ID and ESIM_API_KEY";
  return new CliError(`${credentialsFile()} cannot be ${deed} [${code}]`, hint, ExitCode.credentials);
}

/** Environment before file; for the address, `--base-url` before both and production after them. */
export function resolveConnection(baseUrlFlag?: string): Connection {
  const { ESIM_API_KEY, ESIM_USER_ID, ESIM_BASE_URL } = process.env;
  // Where the file is not needed, it does not matter that it is broken.
  const complete = ESIM_API_KEY && ESIM_USER_ID && (baseUrlFlag || ESIM_BASE_URL);
  const stored = complete ? undefined : readCredentials();
  const file = credentialsFile();
  const pick = (variable: string, inFile: string | undefined): Setting => {
    const value = process.env[variable];
    if (value) return { value, source: `environment variable ${variable}` };
    return inFile ? { value: inFile, source: file } : { value: undefined, source: "not set" };
  };
  const configured = pick("ESIM_BASE_URL", stored?.baseUrl);
  const connection = {
    userId: pick("ESIM_USER_ID", stored?.userId),
    apiKey: pick("ESIM_API_KEY", stored?.apiKey),
    baseUrl: baseUrlFlag
      ? { value: baseUrlFlag, source: "--base-url" }
      : configured.value
        ? configured
        : { value: PRODUCTION, source: "production" },
  };
  refuseForeignServer(connection, stored?.baseUrl ?? PRODUCTION, file);
  return connection;
}

/** Stored keys belong to the server that they were stored for; a mock on this machine may have them. */
function refuseForeignServer({ userId, apiKey, baseUrl }: Connection, home: string, file: string): void {
  const usesFile = userId.source === file || apiKey.source === file;
  const target = URL.canParse(baseUrl.value ?? "") ? new URL(baseUrl.value ?? "") : undefined;
  const owner = URL.canParse(home) ? new URL(home).origin : home;
  if (!usesFile || !target || target.origin === owner || isLoopback(target)) return;
  throw new CliError(
    `the stored keys belong to ${owner}, not to ${target.origin}`,
    `log in for that server: esim login --base-url ${shown(baseUrl.value)}; or set ESIM_API_KEY and ESIM_USER_ID`,
    ExitCode.credentials,
  );
}

/** Enough of a key to recognise it. */
export function mask(key: string): string {
  return key.length >= 12 ? `••••${key.slice(-4)}` : "••••";
}
