import type { CreatePackageRequest, Package } from "../api.js";

// Compares rows with a request. Where the row does not allow a decision, the result is `undefined`, never `false`.

/** Whether a new row is certainly the package that was requested. */
export function isNewPackage(row: Package, wanted: CreatePackageRequest): boolean {
  const isLive = Boolean(row.id) && row.status !== "TERMINATED";
  return isLive && isSameSim(row, wanted) === true && isSameTemplate(row, wanted) === true;
}

/** Whether a row belongs to the SIM. Spaces do not make it another SIM; without its check digit it may be this one. */
export function isSameSim({ sim }: Package, { sim: wanted }: CreatePackageRequest): boolean | undefined {
  const [mine, theirs] = [wanted.replace(/\D/g, ""), `${sim ?? ""}`.replace(/\D/g, "")];
  // As a number, an ICCID has lost digits: it may still be this one.
  if (typeof sim === "number") return sim === Number(wanted) ? undefined : false;
  if (!theirs) return undefined;
  if (mine === theirs) return true;
  const isPrefix = mine.startsWith(theirs) || theirs.startsWith(mine);
  return isPrefix && Math.abs(mine.length - theirs.length) === 1 ? undefined : false;
}

/** Whether a row belongs to the template. The live service also sends bare IDs. */
export function isSameTemplate(
  { package_template: template }: Package,
  wanted: CreatePackageRequest,
): boolean | undefined {
  const id: unknown = Object(template) === template ? template.id : template;
  return /^\d+$/.test(`${id}`) ? `${id}` === `${wanted.package_template}` : undefined;
}

/** Rows that are, or may be, new: a row without an ID can be any package. */
export function newRows(before: readonly Package[], after: readonly Package[]): Package[] {
  const named = new Set(before.flatMap(({ id }) => (id ? [`${id}`] : [])));
  return after.filter(({ id }) => !id || !named.has(`${id}`));
}
