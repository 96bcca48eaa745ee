import type { PackageRow } from "../wire.ts";

/** Makes the first package of an account the one in the document's examples, `pkg_123456`. */
const FIRST_ID = 123_455;

/** The account that holds the seed and is part of every other account. */
export const SEEDED = 0;

/** An account that is not stored because it has nothing of its own. */
export const NO_ACCOUNT = -1;

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
  "months",
] as const;

const LISTED = FIELDS.join(", ");

export const SELECT = `SELECT 'pkg_' || (package.number + ${FIRST_ID}) AS id, package.account, ${FIELDS.map((name) => `package.${name}`).join(", ")}`;

/** Inserts a package into an account. */
export const INSERT = `INSERT INTO package (account, number, replaces, inventory, ${LISTED})
  VALUES (:account, :number, 0, (SELECT inventory FROM sim WHERE iccid = :sim), ${FIELDS.map((name) => `:${name}`).join(", ")})`;

/** Copies a package of the seed into an account, to change it there. */
export const REPLACE = `INSERT INTO package (account, number, replaces, inventory, ${LISTED})
  SELECT :account, number, 1, inventory, ${LISTED} FROM package WHERE account = ${SEEDED} AND number = :number
  ON CONFLICT DO NOTHING`;

/** The matching packages of an account: its own, and those of the seed that it has not replaced. */
export function shown(columns: string, matches: string): string {
  return `SELECT ${columns} FROM package WHERE account = :account AND ${matches}
    UNION ALL SELECT ${columns} FROM package AS seeded WHERE account = ${SEEDED} AND ${matches}
      AND NOT EXISTS (SELECT 1 FROM package AS own WHERE own.account = :account AND own.number = seeded.number)`;
}

/** Turns a selected array (ID, account, then `FIELDS`) into a row: `node:sqlite` returns arrays much faster than objects. */
export function rowOf(selected: readonly unknown[]): PackageRow {
  return {
    id: selected[0],
    account: selected[1],
    sim: selected[2],
    template: selected[3],
    status: selected[4],
    created: selected[5],
    activated: selected[6],
    terminated: selected[7],
    expiry: selected[8],
    window_start: selected[9],
    window_end: selected[10],
    voice: selected[11],
    data: selected[12],
    sms: selected[13],
    allowance: selected[14],
    months: selected[15],
  } as PackageRow;
}

export function idOf(number: number): string {
  return `pkg_${FIRST_ID + number}`;
}

export function numberOf(id: string): number | undefined {
  const digits = /^pkg_([1-9]\d{0,14})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits) - FIRST_ID;
}
