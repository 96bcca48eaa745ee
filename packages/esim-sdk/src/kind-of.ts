/** Describes a value for a message without quoting text, which may be secret or long. */
export function kindOf(value: unknown): string {
  if (value === null || ["undefined", "number", "boolean", "bigint"].includes(typeof value))
    return String(value);
  if (typeof value === "string") return value === "" ? "an empty string" : "this string";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
