import { Refusal } from "../http/refusal.ts";

/** How to check the value of a field. */
export interface Field {
  readonly isValid: (value: unknown) => boolean;
  /** Completes the sentence "NAME must be …". */
  readonly must: string;
}

/**
 * Checks that a value is an object with no fields but these, each of which is optional.
 * @throws Refusal (400) that names the field
 */
export function checkFields<Fields extends Readonly<Record<string, Field>>>(
  subject: string,
  value: unknown,
  fields: Fields,
): { readonly [Name in keyof Fields]?: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal(400, `${subject} must be a JSON object with ${Object.keys(fields).join(", ")}`);
  for (const [name, each] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field)
      throw new Refusal(
        400,
        `${subject} has no field "${name.slice(0, 50)}"; its fields are ${Object.keys(fields).join(", ")}`,
      );
    if (each !== undefined && !field.isValid(each)) throw new Refusal(400, `${name} must be ${field.must}`);
  }
  return value;
}

/** Whether a value is a whole number within these bounds. */
export function isWhole(
  value: unknown,
  least: number,
  max: number = Number.MAX_SAFE_INTEGER,
): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= max;
}
