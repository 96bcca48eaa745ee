import type { Query } from "./handler.ts";

/** How many rows a page holds at most. */
export const MOST_ROWS = 1_000;

/** How many rows the contract says that a list has by default. */
const USUAL_ROWS = 100;

/** What of a list a caller asks for, `usual` rows if it does not say how many. */
export function pageOf(query: Query, usual = USUAL_ROWS): { count: number; offset: number } {
  return {
    count: Math.min(integer(query, "count") ?? usual, MOST_ROWS),
    offset: integer(query, "offset") ?? 0,
  };
}

/** A number that Prism has found to be one, and not to be negative where the contract says so; past 2^53 there is nothing to tell apart. */
export function integer(query: Query, name: string): number | undefined {
  const text = query[name];
  return text === undefined ? undefined : Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
