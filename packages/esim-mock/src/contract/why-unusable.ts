import { resolve } from "node:path";
import { whyUnreadable } from "../why-unreadable.ts";

/** A document that has no operations. */
export class NoOperations extends Error {
  override readonly name = "NoOperations";
}

/** A parser error: its location and, for a file that could not be read, the reason. */
interface ReadError extends Error {
  readonly source?: string;
  readonly ioErrorCode?: string;
}

/** Why a document cannot be served, and how to fix that. */
export function whyUnusable(error: ReadError, path: string): string {
  const { name, message, source = "" } = error;
  const other = source !== "" && resolve(source) !== resolve(path) ? source : undefined;
  const reasons: Record<string, () => string> = {
    NoOperations: () => 'it has no operations; add some under "paths"',
    ParserError: () =>
      `${other ?? "it"} is not valid YAML or JSON (${oneLine(message.replace(/^(Error parsing .*?: )+/, "").replace(/:?\s*$/, ""))}); fix that`,
    ResolverError: () =>
      `it refers to ${source}, which cannot be read: ${whyUnreadable({ message, code: error.ioErrorCode })}`,
  };
  const notOpenApi =
    message === "Unsupported document format" || message.endsWith("is not a valid JSON Schema");
  if (notOpenApi) return 'it is not an OpenAPI document; its top level needs a field "openapi"';
  return reasons[name]?.() ?? `it is inconsistent (${oneLine(message)}); check it with a linter`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
