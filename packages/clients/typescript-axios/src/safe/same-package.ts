import type { CreatePackageRequest, Package } from "../api.js";

// What can be told of a row that a service shows, and what cannot: then it is `undefined`, never "no".

/** Whether a row that was not there before is certainly what was asked for. */
export function isNewPackage(row: Package, wanted: CreatePackageRequest): boolean {
  const isLive = Boolean(row.id) && row.status !== "TERMINATED";
  return isLive && isSameSim(row, wanted) === true && isSameTemplate(row, wanted) === true;
}

/** Whether a row is of the SIM. Written with spaces it is the same one; without its check digit it may be. */
export function isSameSim({ sim }: Package, { sim: wanted }: CreatePackageRequest): boolean | undefined {
  const [mine, theirs] = [wanted.replace(/\D/g, ""), `${sim ?? ""}`.replace(/\D/g, "")];
  // As a number an ICCID has lost digits: it may be this one.
  if (typeof sim === "number") return sim === Number(wanted) ? undefined : false;
  if (!theirs) return undefined;
  if (mine === theirs) return true;
  const isPrefix = mine.startsWith(theirs) || theirs.startsWith(mine);
  return isPrefix && Math.abs(mine.length - theirs.length) === 1 ? undefined : false;
}

/** Whether a row is of the template. The live service is known to send the bare ID too. */
export function isSameTemplate(
  { package_template: template }: Package,
  wanted: CreatePackageRequest,
): boolean | undefined {
  const id: unknown = Object(template) === template ? template.id : template;
  return /^\d+$/.test(`${id}`) ? `${id}` === `${wanted.package_template}` : undefined;
}

/** Rows that were not there before, as far as that can be told: one without an ID may be any. */
export function newRows(before: readonly Package[], after: readonly Package[]): Package[] {
  const named = new Set(before.flatMap(({ id }) => (id ? [`${id}`] : [])));
  return after.filter(({ id }) => !id || !named.has(`${id}`));
}
