import { EsimUsageError } from "../errors.ts";
import type { Operation } from "../generated/operation.ts";
import { kindOf } from "../kind-of.ts";

/** The parts of a request that vary from call to call. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/**
 * The operation's path with its parameters filled in.
 * @throws EsimUsageError naming a parameter that is missing or would turn it into another path
 */
export function fillPath({ path }: Pick<Operation, "path">, values: RequestParts["path"]): string {
  if (!path.includes("{")) return path;
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values?.[name];
    // `.` and `..` lead to another path even when escaped.
    if (!isPlain(value) || /^\.{0,2}$/.test(`${value}`))
      throw new EsimUsageError(
        `${name} must be a number or a non-empty string other than "." and "..", not ${kindOf(value)}`,
      );
    return escaped(name, `${value}`);
  });
}

/** The query with its question mark, or an empty string. `undefined` and `null` are left out. @throws EsimUsageError */
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
 * Rejects an ICCID, or a similar string of digits, that is not a string: as a number it has lost its last digits, and names another SIM or
 * none. In a path, where it identifies the resource, the number of digits is checked too; elsewhere that is up to the server.
 * @throws EsimUsageError naming the parameter
 */
export function checkDigits(
  { digits }: Pick<Operation, "digits">,
  { path, query, body }: RequestParts,
): void {
  for (const [name, min, max] of digits) {
    const text = path?.[name];
    if (typeof text === "string" && !(/^\d+$/.test(text) && text.length >= min && text.length <= max))
      throw new EsimUsageError(`${name} must be ${min} to ${max} digits and nothing else`);
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
    throw new EsimUsageError(`${name} must be valid Unicode: it contains half of a surrogate pair`);
  }
}

/** Serializes a body. @throws EsimUsageError for one that JSON cannot represent */
export function refuseCycles<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new EsimUsageError(`the body cannot be written as JSON: ${(error as Error).message}`);
  }
}
