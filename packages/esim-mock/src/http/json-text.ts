const texts = new WeakMap<object, string>();

/** Says that a value is never going to change, so that its JSON text need be made only once. */
export function keepJson(value: unknown): void {
  if (typeof value === "object" && value !== null) texts.set(value, JSON.stringify(value));
}

/** Whether it was said of a value that it is never going to change. */
export function isKept(value: unknown): value is object {
  return typeof value === "object" && value !== null && texts.has(value);
}

/** A value as JSON. */
export function toJson(value: unknown): string {
  const kept = typeof value === "object" && value !== null ? texts.get(value) : undefined;
  return kept ?? JSON.stringify(value);
}
