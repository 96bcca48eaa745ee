import { bytes, date, duration, NOTHING, plain, status } from "../../format/values.ts";

/** A package as it may come: nothing about it is certain. */
export type Loose = Readonly<Record<string, unknown>>;

/** The columns of a list. */
export const HEADINGS = ["ID", "SIM", "STATUS", "TEMPLATE", "DATA LEFT", "EXPIRES"] as const;

/** The one that can be shortened and still be of use. */
export const SHRINKING = HEADINGS.indexOf("TEMPLATE");

/** A package as a row of a list. */
export function packageRow(row: Loose, coloured: boolean): string[] {
  return [
    plain(row.id),
    plain(row.sim),
    status(row.status, coloured),
    templateName(row.package_template),
    bytes(row.data_usage_remaining),
    date(row.expiry_date),
  ];
}

/** A package as lines of label and value; fields that the contract does not know come last, under their own names. */
export function packageDetails(row: Loose, coloured: boolean): string[][] {
  const template = (row.package_template ?? {}) as Loose;
  const left = (value: unknown, of: unknown, show: (value: unknown) => string) =>
    `${show(value)}${of === undefined ? "" : ` of ${show(of)}`}`;
  const known: Record<string, () => string[]> = {
    id: () => ["ID", plain(row.id)],
    sim: () => ["SIM", plain(row.sim)],
    status: () => ["Status", status(row.status, coloured)],
    package_template: () => ["Template", templateName(row.package_template)],
    data_usage_remaining: () => [
      "Data left",
      left(row.data_usage_remaining, template.data_usage_allowance, bytes),
    ],
    voice_usage_remaining: () => [
      "Voice left",
      `${left(row.voice_usage_remaining, template.voice_usage_allowance, number)} min`,
    ],
    sms_usage_remaining: () => [
      "SMS left",
      left(row.sms_usage_remaining, template.sms_usage_allowance, number),
    ],
    time_allowance: () => ["Lasts", duration(row.time_allowance)],
    created_date: () => ["Created", date(row.created_date)],
    window_activation_start: () => ["Activate from", date(row.window_activation_start)],
    window_activation_end: () => ["Activate until", date(row.window_activation_end)],
    activated_date: () => ["Activated", date(row.activated_date)],
    expiry_date: () => ["Expires", date(row.expiry_date)],
    terminated_date: () => ["Terminated", date(row.terminated_date)],
    apn: () => ["APN", plain(row.apn)],
  };
  const lines = Object.entries(known)
    .filter(([field]) => field in row)
    .map(([, line]) => line());
  const unknown = Object.keys(row).filter((field) => !Object.hasOwn(known, field));
  return [...lines, ...unknown.map((field) => [plain(field), plain(row[field])])];
}

function number(value: unknown): string {
  return value === 0 ? "0" : plain(value);
}

/** The live service has sent a bare ID where the contract has an object. */
function templateName(template: unknown): string {
  if (typeof template !== "object" || template === null) return plain(template);
  const { id, name } = template as Loose;
  return name ? `${plain(name)}${id ? ` (${plain(id)})` : ""}` : id ? plain(id) : NOTHING;
}
