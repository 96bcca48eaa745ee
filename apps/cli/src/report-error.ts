import { CliError } from "./cli-error.ts";
import { connectionInUse } from "./connect.ts";
import { ExitCode } from "./exit-codes.ts";
import { formatDuration } from "./format/duration.ts";
import { plain } from "./format/text.ts";
import { type Hints, hintsOf } from "./hints.ts";
import { Interrupted } from "./interruption.ts";
import { json, logAlways, OutputError } from "./output.ts";
import { loginCommand } from "./settings/login-command.ts";

/** The fields that the SDK's errors may have. All optional, because anything can be thrown. */
interface Fields {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly outcomeUnknown?: boolean;
  readonly retryAfter?: number;
  readonly cause?: unknown;
  /** For a purchase with an unknown outcome: the packages that may be the one. */
  readonly candidates?: readonly { readonly id?: unknown }[];
}

interface Advice {
  readonly exitCode: number;
  readonly hint: string;
}

/** Prints what happened and what to try next, for people or as JSON. Returns the exit code. */
export function reportError(error: unknown, options: { readonly json?: boolean }): number {
  // The reader of `esim … | head -1` has what it wanted.
  if (error instanceof OutputError && error.isClosed) return Number(process.exitCode ?? ExitCode.done);
  const fields = Object(error) as Fields;
  const interrupted = [error, fields.cause].find((each) => each instanceof Interrupted);
  const { exitCode, hint } = advise(error, fields, interrupted);
  const message = interrupted?.message ?? plain(fields.message ?? String(error));
  if (options.json) {
    const { name, status, code, requestId, outcomeUnknown, candidates } = fields;
    const profile = connectionInUse()?.profile;
    const body = {
      name,
      message,
      hint,
      exitCode,
      status,
      // The code of an AbortError is a number without meaning.
      code: typeof code === "string" ? code : undefined,
      requestId,
      outcomeUnknown,
      candidates,
      profile,
    };
    logAlways(json({ error: body }, 0));
  } else {
    logAlways(`error: ${message}\nhint: ${plain(hint)}`);
  }
  return exitCode;
}

function advise(error: unknown, fields: Fields, interrupted: Interrupted | undefined): Advice {
  if (error instanceof CliError) return error;
  if (error instanceof OutputError)
    return { exitCode: ExitCode.unexpected, hint: "free some disk space, or write somewhere else" };
  const { name, status, outcomeUnknown, retryAfter } = fields;
  const hints = hintsOf(error);
  if (outcomeUnknown) {
    const exitCode = interrupted?.exitCode ?? ExitCode.unavailable;
    return { exitCode, hint: checkFirst(hints, fields) };
  }
  if (interrupted) return { exitCode: interrupted.exitCode, hint: "nothing was changed" };
  if (name === "EsimUsageError")
    return { exitCode: ExitCode.usage, hint: "correct the value: see --help, or run `esim doctor`" };
  // Any answer may have a Retry-After; it says when to retry only with these (RFC 9110, section 15.6.4; RFC 6585).
  if (retryAfter && (status === 429 || status === 503))
    return { exitCode: ExitCode.unavailable, hint: retryHint(Math.ceil(retryAfter)) };
  if (status !== undefined) {
    const { exitCode, hint } = BY_STATUS[status] ?? failed(status);
    return { exitCode, hint: hints.byStatus?.[status] ?? hint() };
  }
  if (name === "EsimConnectionError" || name === "EsimTimeoutError")
    return { exitCode: ExitCode.unavailable, hint: `check the address and the network with \`${doctor()}\`` };
  // A list that repeats itself or ends early.
  if (name === "EsimError")
    return { exitCode: ExitCode.unexpected, hint: "report this to the operator of the server" };
  return {
    exitCode: ExitCode.unexpected,
    hint: "this is a bug in esim: please report it, with the command that you ran",
  };
}

/** A wait of more than a week is either a wrong date or not a useful next step. */
function retryHint(seconds: number): string {
  return seconds <= 7 * 86_400
    ? `try again in ${seconds < 7_200 ? `${seconds} seconds` : formatDuration(seconds)}`
    : "try again later, and ask support if it persists: the server gives a time more than a week away";
}

function checkFirst({ lookUp = "esim packages list", written }: Hints, { candidates = [] }: Fields): string {
  const ids = candidates.map(({ id }) => plain(id)).join(", ");
  const found = ids && ` (it may be ${ids})`;
  return `${written ?? "the request may have succeeded"}: check with \`${lookUp}\` before you try again${found}`;
}

const BY_STATUS: Readonly<Record<number, { readonly exitCode: number; readonly hint: () => string }>> = {
  400: { exitCode: ExitCode.usage, hint: () => "check the values of the request" },
  401: {
    exitCode: ExitCode.credentials,
    hint: () => `check the keys of ${keysInUse()} with \`${doctor()}\`, or ${login()}`,
  },
  403: {
    exitCode: ExitCode.credentials,
    hint: () => `the keys of ${keysInUse()} do not allow this: check them with \`${doctor()}\``,
  },
  404: { exitCode: ExitCode.notFound, hint: () => `check the address with \`${doctor()}\`` },
  408: { exitCode: ExitCode.unavailable, hint: () => "wait a moment, then try again" },
  409: { exitCode: ExitCode.conflict, hint: () => "check what already exists" },
  429: { exitCode: ExitCode.unavailable, hint: () => "wait a moment, then try again" },
  501: {
    exitCode: ExitCode.unavailable,
    hint: () =>
      `the server does not offer this, and may be older than the API's document: check with \`${doctor()}\``,
  },
};

function failed(status: number): { exitCode: number; hint: () => string } {
  const exitCode = status >= 500 ? ExitCode.unavailable : ExitCode.unexpected;
  return { exitCode, hint: () => `check the address with \`${doctor()}\`` };
}

function keysInUse(): string {
  const profile = connectionInUse()?.profile;
  return profile ? `profile ${profile}` : "the environment";
}

/** How to replace the keys in use. */
function login(): string {
  const profile = connectionInUse()?.profile;
  return profile ? `run \`${loginCommand(profile)}\`` : "unset them and run `esim login`";
}

/** The command that checks the connection in use. */
function doctor(): string {
  const profile = connectionInUse()?.profile;
  return profile ? `esim doctor --profile ${profile}` : "esim doctor";
}
