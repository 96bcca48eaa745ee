const texts = new WeakMap<object, string>();

/** Says that a value is never going to change, so that its JSON text need be made only once. */
export function keepJson(value: unknown): void {
  if (typeof value === "object" && value !== null) texts.set(value, JSON.stringify(value));
}

/** A value as JSON. */
export function toJson(value: unknown): string {
  const kept = typeof value === "object" && value !== null ? texts.get(value) : undefined;
  return kept ?? JSON.stringify(value);
}
