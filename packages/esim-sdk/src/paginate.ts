import { EsimError, EsimUsageError } from "./errors.ts";
import { kindOf } from "./kind-of.ts";

/** A page of rows, such as `GetPackagesResponse`. Everything except the rows may be missing. */
export type Page<Row, Field extends string = "packages"> = {
  readonly [Name in Field]: readonly Row[] | null | undefined;
} & PageInfo;

interface PageInfo {
  /** How many rows the whole list has. */
  readonly total?: number | null | undefined;
  /** How many rows come before this page. */
  readonly offset?: number | null | undefined;
}

/** Where to start in a list, and how many rows to fetch at a time. */
export interface PaginateOptions {
  /** How many rows to request per page, at least 2. The server may return fewer. @default 100 */
  readonly pageSize?: number | undefined;
  /** How many rows to skip at the start. @default 0 */
  readonly offset?: number | undefined;
}

/** The part of a list to fetch. */
export interface PageRange {
  readonly count: number;
  readonly offset: number;
}

/** Options of {@link paginate}. */
export interface PaginateListOptions<Field extends string> extends PaginateOptions {
  /** The field of a page that contains the rows. @default "packages" */
  readonly rows?: Field | undefined;
}

/**
 * How many rows are kept to recognise one that is returned again; memory holds at most twice as many. This also limits how many rows may
 * be added or removed between two pages.
 */
const RECOGNISED_ROWS = 10_000;

/** How many pages in a row may bring nothing new before the list counts as going in circles. */
const MAX_PAGES_WITHOUT_PROGRESS = 100;

/** How far past a suspicious page to probe: no list grows by this much between two requests. */
const PROBE_DISTANCE = 1_000_000;

/**
 * Iterates over a list that is paged by `count` and `offset`, fetching each page when it is needed.
 *
 * Rows may be added and removed while it runs: every row that stays in the list is returned exactly once, as long as the server keeps
 * the order and returns more than one row per page. To achieve this, each page starts with the last row of the page before. If it does
 * not, earlier rows were removed and others moved past: the iterator then steps back until the pages overlap again.
 *
 * It ends when `total` is reached or, for a list without a total, when a page is empty. A total smaller than the number of rows already
 * returned is ignored.
 *
 * ```ts
 * for await (const row of paginate(({ count, offset }) => fetchThings(count, offset), { rows: "things" })) console.log(row);
 * ```
 * @throws EsimError when the server ignores `offset`, goes in circles, or ends before its own `total`
 * @throws EsimUsageError for a page size or an offset that is not a whole number
 * @throws anything that `fetchPage` throws
 */
export function paginate<Row>(
  fetchPage: (range: PageRange) => Promise<Page<Row>>,
  options?: PaginateListOptions<"packages">,
): AsyncGenerator<Row, void, undefined>;
export function paginate<Row, Field extends string>(
  fetchPage: (range: PageRange) => Promise<Page<Row, Field>>,
  options: PaginateListOptions<Field> & { readonly rows: Field },
): AsyncGenerator<Row, void, undefined>;
export async function* paginate<Row>(
  fetchPage: (range: PageRange) => Promise<PageInfo>,
  options: PaginateListOptions<string> = {},
): AsyncGenerator<Row, void, undefined> {
  const { pageSize = 100, offset: start = 0, rows: field = "packages" } = options;
  checkWhole("pageSize", pageSize, 1);
  checkWhole("offset", start, 0);
  const count = Math.max(2, pageSize);
  let seen = new Set<string>();
  let seenBefore = seen;
  const isKnown = (key: string) => seen.has(key) || seenBefore.has(key);
  let offset = start;
  /** Where the last page ended, if it was too short to overlap with. */
  let edge: number | undefined;
  let stepBack = 1;
  let furthest = start;
  let withoutProgress = 0;
  let isSecondLook = false;

  while (true) {
    const page = await fetchPage({ count, offset });
    const rows = rowsOf<Row>(page, field);
    const total = isWhole(page?.total, 0) ? page.total : undefined;
    const keys = rows.map(keyOf);
    if (offset !== start) {
      if (rows.length > 0 && (page.offset ?? offset) !== offset)
        throw new EsimError(`the server ignores offset ${offset}`);
      if (offset !== edge && !isKnown(keys[0] ?? "")) {
        if (++withoutProgress > MAX_PAGES_WITHOUT_PROGRESS)
          throw new EsimError("the list goes in circles: its pages never overlap");
        offset = Math.max(start, offset - stepBack);
        stepBack *= 2;
        edge = undefined;
        continue;
      }
      const isOverlapAlone = rows.length === 1 && offset !== edge;
      const isSuspicious =
        (!isOverlapAlone && keys.every(isKnown)) || (total !== undefined && offset + rows.length > total);
      if (rows.length > 0 && isSuspicious) {
        // Rows added in front may push known ones onto this page; a server that ignores offset has rows at any offset.
        const far = rowsOf(await fetchPage({ count, offset: offset + PROBE_DISTANCE }), field).map(keyOf);
        const isPastEnd = total !== undefined && offset + PROBE_DISTANCE >= total && far.length > 0;
        if (isPastEnd || (far.length === keys.length && far.every((key, at) => key === keys[at])))
          throw new EsimError(
            `the server ignores offset: it returns rows at ${offset + PROBE_DISTANCE} as it does at ${offset}`,
          );
      }
    }
    // Identical rows without an ID count as different rows within one page, but as the same rows on the next.
    let pageKeys: Set<string> | undefined;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as Row;
      const key = keys[at] as string;
      if (seen.size > RECOGNISED_ROWS) {
        seenBefore = seen;
        seen = new Set();
      }
      const isNew = !isKnown(key) || pageKeys?.has(key) === true;
      if (isNew && !hasId(row)) pageKeys = (pageKeys ?? new Set()).add(key);
      seen.add(key);
      if (isNew) yield row;
    }
    const end = offset + rows.length;
    // A total smaller than what was returned is ignored. One equal to a full page may be the page's length, not the list's.
    if (total === end && (total > rows.length || rows.length < count)) return;
    if (rows.length === 0) {
      if (total === undefined || total <= end) return;
      // The server may have counted rows and total at different moments.
      if (isSecondLook) throw new EsimError(`the list ends after ${end} of ${total} rows`);
      isSecondLook = true;
      continue;
    }
    isSecondLook = false;
    withoutProgress = end > furthest ? 0 : withoutProgress + 1;
    if (withoutProgress > MAX_PAGES_WITHOUT_PROGRESS)
      throw new EsimError(`the list goes in circles at offset ${offset}`);
    furthest = Math.max(furthest, end);
    stepBack = 1;
    edge = rows.length === 1 ? end : undefined;
    offset = edge ?? end - 1;
  }
}

function isWhole(value: unknown, min: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

function checkWhole(name: string, value: number, min: number): void {
  if (!isWhole(value, min))
    throw new EsimUsageError(`${name} must be a whole number, ${min} or more, not ${kindOf(value)}`);
}

/** @throws EsimError for anything that is not a page of this list: skipping it would cut the list short */
function rowsOf<Row>(page: PageInfo, field: string): readonly Row[] {
  // Some servers write an empty list as null. A page without the field belongs to something else, unless its total is 0.
  const given = (page as Record<string, unknown> | null | undefined)?.[field];
  const rows = given === null || (given === undefined && page?.total === 0) ? [] : given;
  if (Array.isArray(rows) && !Array.isArray(page)) return rows;
  throw new EsimError(`a page of the list has no array of ${field}`);
}

/** The row's ID, or the whole row as JSON: the live service has left out required fields before. */
function keyOf(row: unknown): string {
  if (hasId(row)) return `${row.id}`;
  try {
    return `${JSON.stringify(row)}`;
  } catch {
    // Nested too deeply to serialize.
    return "";
  }
}

/** Whether a row has a usable ID. */
export function hasId(row: unknown): row is { readonly id: string | number } {
  const id = (row as { readonly id?: unknown } | null | undefined)?.id;
  return typeof id === "number" || (typeof id === "string" && /\S/.test(id));
}
