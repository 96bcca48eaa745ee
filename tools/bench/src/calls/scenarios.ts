import { deepStrictEqual } from "node:assert/strict";
import type { Reader } from "../clients/reader.ts";
import { fixedPage, fixedRow, idOf } from "../fixed-rows.ts";

/** Rows of the server that calls are measured with. */
export const TOTAL = 2_000;

/** A call that is measured. Which one of a series it is decides what it asks for, so that no answer is like the one before. */
export interface Scenario {
  readonly title: string;
  /** Calls in a round of one client, one after the other, and 32 at once. */
  readonly calls: readonly [number, number];
  readonly hasGoals: boolean;
  /** Bytes of each answer. */
  readonly bytes: number;
  /** Makes one call, and checks that the answer is the one to this call. */
  run(reader: Reader, call: number): Promise<void>;
  /** Compares the whole answer with what the server has. */
  check(reader: Reader): Promise<void>;
}

export const scenarios: readonly Scenario[] = [
  {
    title: "getPackage",
    calls: [400, 1_000],
    hasGoals: true,
    bytes: JSON.stringify(fixedRow(0)).length,
    async run(reader, call) {
      const id = idOf(call % TOTAL);
      const { id: found, package_template } = await reader.one(id);
      if (found !== id || !package_template.name) throw new Error(`asked for ${id}, got ${found}`);
    },
    check: async (reader) => deepStrictEqual(await reader.one(idOf(7)), fixedRow(7)),
  },
  list(20, [300, 800], true),
  list(1_000, [30, 64], false),
];

function list(count: number, calls: readonly [number, number], hasGoals: boolean): Scenario {
  /** Of three digits always, so that all answers have the same length. */
  const first = 100;
  return {
    title: `getPackages, ${count.toLocaleString("en")} rows`,
    calls,
    hasGoals,
    bytes: JSON.stringify(fixedPage(TOTAL, count, first)).length,
    async run(reader, call) {
      const offset = first + (call % 800);
      const { packages } = await reader.list(count, offset);
      const last = packages[count - 1];
      if (packages.length !== count || last?.id !== idOf(offset + count - 1) || !last.package_template.name)
        throw new Error(
          `asked for ${count} rows up to ${offset + count - 1}, got ${packages.length} up to ${last?.id}`,
        );
    },
    check: async (reader) =>
      deepStrictEqual(await reader.list(count, first + 7), fixedPage(TOTAL, count, first + 7)),
  };
}
