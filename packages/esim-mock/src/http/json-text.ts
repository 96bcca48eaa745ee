const texts = new WeakMap<object, string>();

/** Marks a value as immutable, so that its JSON text can be cached. */
export function keepJson(value: unknown): void {
  if (typeof value === "object" && value !== null) texts.set(value, JSON.stringify(value));
}

/** Whether a value is marked as immutable. */
export function isKept(value: unknown): value is object {
  return typeof value === "object" && value !== null && texts.has(value);
}

/** A value as JSON. */
export function toJson(value: unknown): string {
  const kept = typeof value === "object" && value !== null ? texts.get(value) : undefined;
  return kept ?? JSON.stringify(value);
}
