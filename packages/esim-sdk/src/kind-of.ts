/** What sort of value this is, without quoting one that may be secret or long. */
export function kindOf(value: unknown): string {
  if (value === null || ["undefined", "number", "boolean", "bigint"].includes(typeof value))
    return String(value);
  if (typeof value === "string") return value === "" ? "an empty text" : "this text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
