import { EsimUsageError } from "../errors.ts";
import type { Operation } from "../generated/operation.ts";
import { kindOf } from "../kind-of.ts";

/** The parts of a request that differ from call to call. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/**
 * The operation's path with its parameters filled in.
 * @throws EsimUsageError naming a parameter that is missing, or that would make another path of it
 */
export function fillPath({ path }: Pick<Operation, "path">, values: RequestParts["path"]): string {
  if (!path.includes("{")) return path;
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values?.[name];
    // `.` and `..` name another path even when they are escaped.
    if (!isPlain(value) || /^\.{0,2}$/.test(`${value}`))
      throw new EsimUsageError(
        `${name} must be a string or a number that names one thing, not ${kindOf(value)}`,
      );
    return escaped(name, `${value}`);
  });
}

/** The query with its question mark, or nothing; values that are `undefined` or `null` are left out. @throws EsimUsageError */
export function queryString(names: readonly string[], values: RequestParts["query"] = {}): string {
  const pairs: string[] = [];
  for (const name of names) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (!isPlain(each))
        throw new EsimUsageError(`${name} must be a string or a number, not ${kindOf(each)}`);
      pairs.push(`${escaped(name, name)}=${escaped(name, `${each}`)}`);
    }
  }
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/**
 * Refuses an ICCID, and its like, that is no text: as a number it has lost its last digits, and is some other SIM's or none. In a path,
 * where it says what is asked for, it must have its digits too; elsewhere the server is the judge.
 * @throws EsimUsageError naming it
 */
export function checkDigits(
  { digits }: Pick<Operation, "digits">,
  { path, query, body }: RequestParts,
): void {
  for (const [name, least, most] of digits) {
    const text = path?.[name];
    if (typeof text === "string" && !(/^\d+$/.test(text) && text.length >= least && text.length <= most))
      throw new EsimUsageError(`${name} must be ${least} to ${most} digits, and nothing else`);
    for (const part of [path, query, body]) {
      const value = (part as Record<string, unknown> | null | undefined)?.[name];
      if (value !== undefined && value !== null && typeof value !== "string")
        throw new EsimUsageError(
          `${name} must be a string of digits, not ${kindOf(value)}: a number of that length loses digits`,
        );
    }
  }
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean", "bigint"].includes(typeof value);
}

function escaped(name: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new EsimUsageError(`${name} must be Unicode text: this one has half a character`);
  }
}

/** Writes a body. @throws EsimUsageError for one that JSON cannot hold */
export function refuseCycles<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new EsimUsageError(`the body cannot be written as JSON: ${(error as Error).message}`);
  }
}
