import type { RawAxiosRequestConfig } from "axios";
import { EsimUsageError } from "./errors.js";

/** How to iterate over a list; everything else is passed to axios for each request. */
export interface IterateOptions extends RawAxiosRequestConfig {
  /** How many rows to request per page, at least 2. @default 100 */
  readonly pageSize?: number;
  /** How many rows to skip at the start. @default 0 */
  readonly offset?: number;
}

/** A list cannot be iterated over: the service ignores the offset, goes in circles, or ends before its total. */
export class EsimListError extends Error {
  override readonly name = "EsimListError";
  readonly outcomeUnknown = false;
}

/** How many rows to recognise when they come again; at most twice as many are kept in memory. */
const RECOGNISED_ROWS = 10_000;
const MOST_PAGES_WITHOUT_PROGRESS = 100;
/** How far past a suspicious page to look: no list grows by this much between two requests. */
const FAR = 1_000_000;

/** The field of a page that contains its rows, and the field that identifies a row. */
export interface ListFields {
  readonly rows: string;
  readonly key?: string;
}

/** A page, as far as it can be relied on. */
type Page = { readonly total?: number; readonly offset?: number } & { readonly [field: string]: unknown };

/**
 * Iterates over all rows of a list, fetching each page when it is needed. Rows may be added and removed while it runs: every row that stays
 * in the list is returned exactly once. To achieve this, each page starts with the last row of the page before. If it does not, earlier
 * rows were removed and others moved past: it then steps back until the pages overlap again.
 *
 * @throws EsimListError, EsimUsageError for a page size or an offset that is not a whole number, or the error of a request
 */
export async function* iterate<Row extends object>(
  fetch: (
    count: number,
    offset: number,
    options: RawAxiosRequestConfig,
  ) => Promise<{ readonly data: object }>,
  fields: ListFields,
  { pageSize = 100, offset: start = 0, ...options }: IterateOptions = {},
): AsyncGenerator<Row, void, undefined> {
  if (!(Number.isSafeInteger(pageSize) && pageSize >= 1 && Number.isSafeInteger(start) && start >= 0))
    throw new EsimUsageError("pageSize must be a whole number of 1 or more, and offset one of 0 or more");
  const count = Math.max(2, pageSize);
  const fetchPage = async (at: number) => (await fetch(count, at, options)).data as Page;
  const rowsOf = (page: Page) => rowsIn<Row>(page, fields.rows);
  const idOf = (row: Row) => fields.key && (Object(row) as Record<string, unknown>)[fields.key];
  /** The ID, or the whole row: the live service has left out required fields before. */
  const keyOf = (row: Row) => `${idOf(row) || JSON.stringify(row)}`;
  let seen = new Set<string>();
  let seenBefore = seen;
  const isKnown = (key: string) => seen.has(key) || seenBefore.has(key);
  let offset = start;
  /** Where the last page ended, if it was too short to overlap with. */
  let edge: number | undefined;
  let back = 1;
  let furthest = start;
  let withoutProgress = 0;
  let isSecondLook = false;

  while (true) {
    const page = await fetchPage(offset);
    const rows = rowsOf(page);
    const keys = rows.map(keyOf);
    const { total } = page;
    if (offset !== start) {
      if (rows.length > 0 && (page.offset ?? offset) !== offset)
        throw new EsimListError(`the service ignores offset ${offset}`);
      if (offset !== edge && !isKnown(keys[0] ?? "")) {
        if (++withoutProgress > MOST_PAGES_WITHOUT_PROGRESS)
          throw new EsimListError("the list goes in circles: its pages never overlap");
        offset = Math.max(start, offset - back);
        back *= 2;
        edge = undefined;
        continue;
      }
      const isOverlapAlone = rows.length === 1 && offset !== edge;
      const isOdd =
        (!isOverlapAlone && keys.every(isKnown)) || (total !== undefined && offset + rows.length > total);
      if (rows.length > 0 && isOdd) {
        // Rows added in front push known ones back; a service that ignores offsets has rows everywhere.
        const far = rowsOf(await fetchPage(offset + FAR)).map(keyOf);
        const isBeyond = total !== undefined && offset + FAR >= total && far.length > 0;
        if (isBeyond || (far.length === keys.length && far.every((key, at) => key === keys[at])))
          throw new EsimListError(
            `the service ignores offsets: it has rows at offset ${offset + FAR} as at ${offset}`,
          );
      }
    }
    // Identical rows without an ID are separate rows on one page, and the same rows on the next.
    const alike = new Set<string>();
    for (const [at, row] of rows.entries()) {
      const key = keys[at] ?? "";
      if (seen.size > RECOGNISED_ROWS) {
        seenBefore = seen;
        seen = new Set();
      }
      const isNew = !isKnown(key) || alike.has(key);
      if (isNew && !idOf(row)) alike.add(key);
      seen.add(key);
      if (isNew) yield row;
    }
    const end = offset + rows.length;
    // Ignore a total below the number of rows received. A total that equals a full page may be only that page's length.
    if (total === end && (total > rows.length || rows.length < count)) return;
    if (rows.length === 0) {
      if (total === undefined || total <= end) return;
      // Rows and total may have been counted at slightly different times.
      if (isSecondLook) throw new EsimListError(`the list ends after ${end} of ${total} rows`);
      isSecondLook = true;
      continue;
    }
    isSecondLook = false;
    withoutProgress = end > furthest ? 0 : withoutProgress + 1;
    if (withoutProgress > MOST_PAGES_WITHOUT_PROGRESS)
      throw new EsimListError(`the list goes in circles at offset ${offset}`);
    furthest = Math.max(furthest, end);
    back = 1;
    edge = rows.length === 1 ? end : undefined;
    offset = edge ?? end - 1;
  }
}

/** @throws EsimListError for anything that is not a page of this list: skipping it would end the list early */
function rowsIn<Row>(page: Page, field: string): readonly Row[] {
  const rows = page[field];
  // Some services write an empty list as null.
  if (Array.isArray(rows)) return rows;
  if (rows === null || (rows === undefined && page.total === 0)) return [];
  throw new EsimListError(`a page of the list has no list of ${field}`);
}
