import type { PackageTemplate } from "../wire.ts";

/** A template with its status at a given time: an Active one is Active only while it is on offer. */
export function statusAt(template: PackageTemplate, now: number): PackageTemplate {
  if (template.status !== "Active") return template;
  const { earliest_available_date: from = 0, latest_available_date: until = 0 } = template;
  const isOnOffer = now >= from && (until === 0 || now <= until);
  return isOnOffer ? template : { ...template, status: "Not Active" };
}

/** When the status of a template changes. */
export function turningPoints({
  status,
  earliest_available_date: from = 0,
  latest_available_date: until = 0,
}: PackageTemplate): number[] {
  if (status !== "Active") return [];
  return [from, until && until + 1].filter((time) => time > 0);
}
