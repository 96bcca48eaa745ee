import { stripVTControlCharacters } from "node:util";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { hintsOf } from "./hints.ts";

/** What the SDK's errors may carry. Read loosely, so that printing an error never loads the SDK. */
interface Fields {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly outcomeUnknown?: boolean;
  readonly retryAfter?: number;
}

interface Advice {
  readonly exitCode: number;
  readonly hint: string;
}

const BY_STATUS: Readonly<Record<number, Advice>> = {
  400: { exitCode: ExitCode.usage, hint: "check the values" },
  401: { exitCode: ExitCode.credentials, hint: "check the keys with `esim doctor`, or run `esim login`" },
  403: { exitCode: ExitCode.credentials, hint: "these keys may not do this; check them with `esim doctor`" },
  404: { exitCode: ExitCode.notFound, hint: "check the address with `esim doctor`" },
  408: { exitCode: ExitCode.unavailable, hint: "wait, then try again" },
  409: { exitCode: ExitCode.conflict, hint: "look at what is there already" },
  429: { exitCode: ExitCode.unavailable, hint: "wait, then try again" },
};

/** Tells a person what happened and what to try next, and a program the same as JSON. Returns the exit code. */
export async function reportError(error: unknown, options: { readonly json?: boolean }): Promise<number> {
  const fields = Object(error) as Fields;
  const { exitCode, hint } = advise(error, fields);
  const message = fields.name === "AbortError" ? "interrupted" : clean(fields.message ?? String(error));
  if (options.json) {
    const { status, code, requestId, outcomeUnknown } = fields;
    const body = { name: fields.name, message, hint, exitCode, status, code, requestId, outcomeUnknown };
    process.stderr.write(`${JSON.stringify({ error: body })}\n`);
  } else {
    process.stderr.write(`error: ${message}\nhint: ${hint}\n`);
  }
  return exitCode;
}

function advise(error: unknown, fields: Fields): Advice {
  if (error instanceof CliError) return error;
  const { name, status, outcomeUnknown, retryAfter } = fields;
  const { lookUp, byStatus } = hintsOf(error);
  const lookFirst = `it may have been done all the same: look with \`${lookUp ?? "esim packages list"}\` before you try again`;
  if (name === "AbortError") {
    return { exitCode: ExitCode.interrupted, hint: outcomeUnknown ? lookFirst : "nothing was changed" };
  }
  if (name === "EsimUsageError") return { exitCode: ExitCode.usage, hint: "see --help, and `esim doctor`" };
  if (outcomeUnknown) return { exitCode: ExitCode.unavailable, hint: lookFirst };
  // Any answer may carry it; it is an invitation to come back only with these (RFC 9110, section 15.6.4; RFC 6585).
  if (retryAfter && (status === 429 || status === 503))
    return { exitCode: ExitCode.unavailable, hint: `try again in ${Math.ceil(retryAfter)} seconds` };
  if (status !== undefined) {
    const failed = {
      exitCode: status >= 500 ? ExitCode.unavailable : ExitCode.unexpected,
      hint: "check the address with `esim doctor`",
    };
    const { exitCode, hint } = BY_STATUS[status] ?? failed;
    return { exitCode, hint: byStatus?.[status] ?? hint };
  }
  if (name === "EsimConnectionError" || name === "EsimTimeoutError") {
    return { exitCode: ExitCode.unavailable, hint: "check address and network with `esim doctor`" };
  }
  return {
    exitCode: ExitCode.unexpected,
    hint: "this is a bug in esim: please report the command that you ran",
  };
}

function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}
