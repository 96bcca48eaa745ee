import { EsimError, EsimUsageError } from "./errors.ts";
import { kindOf } from "./kind-of.ts";

/** A page of rows, as `GetPackagesResponse` is one. All but the rows may be missing. */
export type Page<Row, Field extends string = "packages"> = {
  readonly [Name in Field]: readonly Row[] | null | undefined;
} & PageInfo;

interface PageInfo {
  /** How many rows there are in all. */
  readonly total?: number | null | undefined;
  /** How many rows were skipped before this page. */
  readonly offset?: number | null | undefined;
}

/** Which rows of a list to go through, and how many at a time. */
export interface PaginateOptions {
  /** How many rows to ask for at a time; at least 2 are asked for. The server may give fewer. @default 100 */
  readonly pageSize?: number | undefined;
  /** How many rows to skip at the start. @default 0 */
  readonly offset?: number | undefined;
}

/** Which part of a list to fetch. */
export interface PageRange {
  readonly count: number;
  readonly offset: number;
}

/** Options of {@link paginate}. */
export interface PaginateListOptions<Field extends string> extends PaginateOptions {
  /** The field of a page that has its rows. @default "packages" */
  readonly rows?: Field | undefined;
}

/**
 * Enough to recognise a row that comes again, and, twice over, a bound on memory. It is also the bound on how many rows may be
 * added or removed between two pages.
 */
const RECOGNISED_ROWS = 10_000;

/** Pages in a row that bring the walk no further, before it counts as going in circles. */
const MOST_PAGES_WITHOUT_PROGRESS = 100;

/** How far behind a suspicious page to look: no list grows by so much between two requests. */
const FAR = 1_000_000;

/**
 * Iterates over a list that is served by `count` and `offset`, fetching each page when it is needed.
 *
 * Rows may be added and removed meanwhile: what is there throughout comes exactly once, as long as the server keeps the
 * rows in order, and more than one to a page. To that end a page begins with the last row of the one before. Where it does not, rows in
 * front of it are gone and others slipped past: then it walks back until the pages meet again.
 *
 * It ends when `total` is reached, or, of a list without a total, when no row follows. A total that is less than what has come is none.
 *
 * ```ts
 * for await (const row of paginate(({ count, offset }) => fetchThings(count, offset), { rows: "things" })) console.log(row);
 * ```
 * @throws EsimError when the server ignores `offset`, goes in circles, or ends short of the `total` that it gives
 * @throws EsimUsageError for a page size or an offset that is no whole number
 * @throws whatever `fetchPage` throws
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
  /** Where the last page ended, when it was too short to overlap with. */
  let edge: number | undefined;
  let back = 1;
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
        throw new EsimError(`The server ignores offset ${offset}`);
      if (offset !== edge && !isKnown(keys[0] ?? "")) {
        if (++withoutProgress > MOST_PAGES_WITHOUT_PROGRESS)
          throw new EsimError("the list goes in circles: its pages never meet");
        offset = Math.max(start, offset - back);
        back *= 2;
        edge = undefined;
        continue;
      }
      const isOverlapAlone = rows.length === 1 && offset !== edge;
      const isOdd =
        (!isOverlapAlone && keys.every(isKnown)) || (total !== undefined && offset + rows.length > total);
      if (rows.length > 0 && isOdd) {
        // Rows that were added in front push known ones back, once in a while; a server that does not move has rows everywhere.
        const far = rowsOf(await fetchPage({ count, offset: offset + FAR }), field).map(keyOf);
        const isBeyond = total !== undefined && offset + FAR >= total && far.length > 0;
        if (isBeyond || (far.length === keys.length && far.every((key, at) => key === keys[at])))
          throw new EsimError(
            `the server does not move: it has rows at offset ${offset + FAR} as at ${offset}`,
          );
      }
    }
    // Rows without an ID that are alike are as many rows on one page, and the same ones on the next.
    let ofThisPage: Set<string> | undefined;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as Row;
      const key = keys[at] as string;
      if (seen.size > RECOGNISED_ROWS) {
        seenBefore = seen;
        seen = new Set();
      }
      const isNew = !isKnown(key) || ofThisPage?.has(key) === true;
      if (isNew && !hasId(row)) ofThisPage = (ofThisPage ?? new Set()).add(key);
      seen.add(key);
      if (isNew) yield row;
    }
    const end = offset + rows.length;
    // A total that is less than what has come is none. One that is the length of a full page may be just that.
    if (total === end && (total > rows.length || rows.length < count)) return;
    if (rows.length === 0) {
      if (total === undefined || total <= end) return;
      // The rows and the total may have been counted a moment apart.
      if (isSecondLook) throw new EsimError(`the list ends after ${end} of ${total} rows`);
      isSecondLook = true;
      continue;
    }
    isSecondLook = false;
    withoutProgress = end > furthest ? 0 : withoutProgress + 1;
    if (withoutProgress > MOST_PAGES_WITHOUT_PROGRESS)
      throw new EsimError(`the list goes in circles at offset ${offset}`);
    furthest = Math.max(furthest, end);
    back = 1;
    edge = rows.length === 1 ? end : undefined;
    offset = edge ?? end - 1;
  }
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function checkWhole(name: string, value: number, least: number): void {
  if (!isWhole(value, least))
    throw new EsimUsageError(`${name} must be a whole number, ${least} or more, not ${kindOf(value)}`);
}

/** @throws EsimError for what is no page of this list: to pass over it would end the list short */
function rowsOf<Row>(page: PageInfo, field: string): readonly Row[] {
  // Some write an empty list as null. Without the field it is a page of something else, unless it says itself that there is nothing.
  const given = (page as Record<string, unknown> | null | undefined)?.[field];
  const rows = given === null || (given === undefined && page?.total === 0) ? [] : given;
  if (Array.isArray(rows) && !Array.isArray(page)) return rows;
  throw new EsimError(`a page of the list has no list of ${field}`);
}

/** The ID, or all of it: the live service has left out required fields before. */
function keyOf(row: unknown): string {
  if (hasId(row)) return `${row.id}`;
  try {
    return `${JSON.stringify(row)}`;
  } catch {
    // Nested too deeply to be written.
    return "";
  }
}

/** Whether a row says which one it is. */
export function hasId(row: unknown): row is { readonly id: string | number } {
  const id = (row as { readonly id?: unknown } | null | undefined)?.id;
  return typeof id === "number" || (typeof id === "string" && /\S/.test(id));
}
