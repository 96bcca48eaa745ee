import type { CreatePackageRequest, Package } from "./generated/openapi.ts";
import { hasId } from "./paginate.ts";

// What can be told of a row that a service shows, and what cannot: then it is `undefined`, never "no".

/** Whether a row that was not there before is certainly what was asked for. */
export function isNewPackage(row: Package | undefined, wanted: CreatePackageRequest): boolean {
  const isNamed = hasId(row) && fieldOf(row, "status") !== "TERMINATED";
  return isNamed && isSameSim(row, wanted) === true && isSameTemplate(row, wanted) === true;
}

/** Whether a row is of the SIM. */
export function isSameSim(row: unknown, { sim: wanted }: CreatePackageRequest): boolean | undefined {
  const sim = fieldOf(row, "sim");
  // As a number an ICCID has lost digits: it may be this one.
  if (typeof sim === "number") return sim === Number(wanted) ? undefined : false;
  if (typeof sim !== "string" || !/\d/.test(sim)) return sim === wanted ? true : undefined;
  // Written with spaces, a filler or the check digit it is the same SIM.
  const [mine, theirs] = [wanted.replace(/\D/g, ""), sim.replace(/\D/g, "")];
  if (mine === theirs) return true;
  const isPrefix = mine.startsWith(theirs) || theirs.startsWith(mine);
  return isPrefix && Math.abs(mine.length - theirs.length) === 1 ? undefined : false;
}

/** Whether a row is of the template. */
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

/** Rows that were not there before, as far as that can be told: one without an ID may be any. */
export function newRows(before: readonly Package[], after: readonly Package[]): Package[] {
  const named = new Set(before.filter(hasId).map(({ id }) => `${id}`));
  return after.filter((row) => !hasId(row) || !named.has(`${row.id}`));
}

/** Whether two looks have shown the same row. */
export function isSameRow(a: Package, b: Package): boolean {
  return hasId(a) && hasId(b) ? `${a.id}` === `${b.id}` : JSON.stringify(a) === JSON.stringify(b);
}

/** A field of what should be an object. */
export function fieldOf(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name];
}
