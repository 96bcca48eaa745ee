import type { PackageRow } from "../wire.ts";

/** So that the first package of an account is the one of the document's examples, `pkg_123456`. */
const FIRST_ID = 123_455;

const FIELDS = [
  "sim",
  "template",
  "status",
  "created",
  "activated",
  "terminated",
  "expiry",
  "window_start",
  "window_end",
  "voice",
  "data",
  "sms",
  "allowance",
] as const;

export const SELECT = `SELECT 'pkg_' || (number + ${FIRST_ID}) AS id, ${FIELDS.join(", ")} FROM package`;

/** Puts a package into an account. */
export const INSERT = `INSERT INTO package (user, number, inventory, ${FIELDS.join(", ")})
  VALUES (:user, :number, (SELECT inventory FROM sim WHERE iccid = :sim), ${FIELDS.map((name) => `:${name}`).join(", ")})`;

/** Puts all packages of one account into another. */
export const COPY = `INSERT INTO package (user, number, inventory, ${FIELDS.join(", ")})
  SELECT :user, number, inventory, ${FIELDS.join(", ")} FROM package WHERE user = :from`;

/** What is selected, the ID and then `FIELDS`, as a row: `node:sqlite` makes an array much faster than an object. */
export function rowOf(selected: readonly unknown[]): PackageRow {
  return {
    id: selected[0],
    sim: selected[1],
    template: selected[2],
    status: selected[3],
    created: selected[4],
    activated: selected[5],
    terminated: selected[6],
    expiry: selected[7],
    window_start: selected[8],
    window_end: selected[9],
    voice: selected[10],
    data: selected[11],
    sms: selected[12],
    allowance: selected[13],
  } as PackageRow;
}

export function idOf(number: number): string {
  return `pkg_${FIRST_ID + number}`;
}

export function numberOf(id: string): number | undefined {
  const digits = /^pkg_([1-9]\d{0,14})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits) - FIRST_ID;
}
