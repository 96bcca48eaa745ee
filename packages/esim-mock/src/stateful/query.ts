import type { Query } from "./handler.ts";

/** The most rows that a page holds. */
export const MAX_ROWS = 1_000;

/** The contract's default number of rows. */
const USUAL_ROWS = 100;

/** The part of a list that a caller requests, `usual` rows by default. */
export function pageOf(query: Query, usual = USUAL_ROWS): { count: number; offset: number } {
  return {
    count: Math.min(integer(query, "count") ?? usual, MAX_ROWS),
    offset: integer(query, "offset") ?? 0,
  };
}

/** A number already validated by Prism; capped because integers beyond 2^53 are not distinct. */
export function integer(query: Query, name: string): number | undefined {
  const text = query[name];
  return text === undefined ? undefined : Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
