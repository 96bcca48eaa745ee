import { onePackage } from "./one-package.ts";

/**
 * Checks that rows are whole packages, with every field of the contract's example at any depth.
 * @throws an error that names the first field that is missing
 */
export function checkRows(rows: unknown, count: number): void {
  if (!Array.isArray(rows) || rows.length !== count)
    throw new Error(
      `expected ${count} rows, got ${Array.isArray(rows) ? rows.length : JSON.stringify(rows)}`,
    );
  for (const row of rows) checkRow(row);
}

/** The same for one row. */
export function checkRow(row: unknown): void {
  const missing = missingIn(row, onePackage);
  if (missing !== undefined)
    throw new Error(`not a whole package, ${missing} is missing: ${JSON.stringify(row)}`);
}

function missingIn(value: unknown, example: unknown, path = ""): string | undefined {
  if (typeof example !== "object" || example === null) return undefined;
  for (const [name, inner] of Object.entries(example)) {
    const field = path ? `${path}.${name}` : name;
    const found = (value as Record<string, unknown> | null | undefined)?.[name];
    if (found === undefined) return field;
    // A list may be empty.
    const missing = Array.isArray(inner) ? undefined : missingIn(found, inner, field);
    if (missing !== undefined) return missing;
  }
  return undefined;
}
