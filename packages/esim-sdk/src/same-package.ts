import type { CreatePackageRequest, Package } from "./generated/openapi.ts";
import { hasId } from "./paginate.ts";

// Compares rows with a request. Where the row does not allow a decision, the result is `undefined`, never `false`.

/** Whether a new row is certainly the package that was requested. */
export function isNewPackage(row: Package | undefined, wanted: CreatePackageRequest): boolean {
  const isNamed = hasId(row) && fieldOf(row, "status") !== "TERMINATED";
  return isNamed && isSameSim(row, wanted) === true && isSameTemplate(row, wanted) === true;
}

/** Whether a row belongs to the SIM. */
export function isSameSim(row: unknown, { sim: wanted }: CreatePackageRequest): boolean | undefined {
  const sim = fieldOf(row, "sim");
  // As a number, an ICCID has lost digits: it may still be this one.
  if (typeof sim === "number") return sim === Number(wanted) ? undefined : false;
  if (typeof sim !== "string" || !/\d/.test(sim)) return sim === wanted ? true : undefined;
  // Spaces, a filler digit or the check digit do not make it another SIM.
  const [mine, theirs] = [wanted.replace(/\D/g, ""), sim.replace(/\D/g, "")];
  if (mine === theirs) return true;
  const isPrefix = mine.startsWith(theirs) || theirs.startsWith(mine);
  return isPrefix && Math.abs(mine.length - theirs.length) === 1 ? undefined : false;
}

/** Whether a row was made from the template. */
export function isSameTemplate(
  row: unknown,
  { package_template }: CreatePackageRequest,
): boolean | undefined {
  const template = fieldOf(row, "package_template");
  // The live service is known to send the bare ID too.
  const id = Object(template) === template ? fieldOf(template, "id") : template;
  const isId = typeof id === "number" || (typeof id === "string" && /^\d+$/.test(id));
  return isId ? `${id}` === `${package_template}` : undefined;
}

/** Rows that may be new. A row without an ID always may. */
export function newRows(before: readonly Package[], after: readonly Package[]): Package[] {
  const named = new Set(before.filter(hasId).map(({ id }) => `${id}`));
  return after.filter((row) => !hasId(row) || !named.has(`${row.id}`));
}

/** Whether two rows from different lookups are the same. */
export function isSameRow(a: Package, b: Package): boolean {
  return hasId(a) && hasId(b) ? `${a.id}` === `${b.id}` : JSON.stringify(a) === JSON.stringify(b);
}

/** A field of a value that should be an object but may not be. */
export function fieldOf(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name];
}
