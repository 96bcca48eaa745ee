import type { Store } from "../store.ts";
import { toCreatedTemplate } from "../templates/to-wire.ts";
import type { CreatedPackage, Package, PackageRow, PackageTemplate } from "../wire.ts";

/** Packages as `getPackages` returns them. */
export function toPackages(store: Store, rows: readonly PackageRow[]): Package[] {
  const now = store.clock.now();
  return rows.map((row) => toPackage(store, row, now));
}

/** A package as `getPackage` returns it. */
export function toPackage(store: Store, row: PackageRow, now = store.clock.now()): Package {
  return {
    id: row.id,
    sim: row.sim,
    package_template: templateOf(store, row, now),
    status: row.status,
    window_activation_start: row.window_start,
    window_activation_end: row.window_end,
    created_date: row.created,
    expiry_date: row.expiry,
    activated_date: row.activated,
    terminated_date: row.terminated,
    time_allowance: row.allowance,
    voice_usage_remaining: row.voice,
    data_usage_remaining: row.data,
    sms_usage_remaining: row.sms,
  };
}

/** A package as `createPackage` returns it. */
export function toCreated(store: Store, row: PackageRow): CreatedPackage {
  const now = store.clock.now();
  const template = templateOf(store, row, now);
  return {
    ...toPackage(store, row, now),
    package_template: {
      ...toCreatedTemplate(template),
      activation_time_allowance: (row.window_end - row.window_start) / 1000,
    },
    apn: template.apn ?? "internet",
  };
}

/** The database ensures that every package has its template. */
function templateOf({ templates }: Store, { account, template }: PackageRow, now: number): PackageTemplate {
  return templates.find(account, template, now)?.template as PackageTemplate;
}
