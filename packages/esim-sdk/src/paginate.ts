import { EsimError } from "./errors.ts";

/** A page of rows, as `GetPackagesResponse` is one. All but the rows may be missing. */
export interface Page<Row> {
  readonly packages?: readonly Row[] | null;
  /** How many rows there are in all. */
  readonly total?: number | null;
  /** How many rows were skipped before this page. */
  readonly offset?: number | null;
}

/** Options of {@link paginate}. */
export interface PaginateOptions {
  /** How many rows to ask for at a time, 2 at least. The server may give fewer. @default 100 */
  readonly pageSize?: number | undefined;
  /** How many rows to skip at the start. @default 0 */
  readonly offset?: number | undefined;
}

/**
 * Enough to recognise a row that comes again, and, twice over, a bound on memory. It is also the bound on how many rows may be
 * added or removed between two pages.
 */
const REMEMBERED_ROWS = 10_000;

/**
 * Iterates over a list that is served by `count` and `offset`, fetching each page when it is needed.
 *
 * Rows may be added and removed meanwhile: what is there throughout comes exactly once, as long as the server keeps the
 * rows in order, and more than one to a page. To that end a page begins with the last row of the one before. Where it does not, rows in front of it are
 * gone and others slipped past: then it walks back until the pages meet again.
 *
 * It ends where the server says that it ends: when `total` is reached, or no row follows.
 * @throws EsimError when the server ignores `offset`, and whatever `fetchPage` throws
 */
export async function* paginate<Row extends object>(
  fetchPage: (range: { count: number; offset: number }) => Promise<Page<Row>>,
  options: PaginateOptions = {},
): AsyncGenerator<Row, void, undefined> {
  const { pageSize = 100, offset: start = 0 } = options;
  let seen = new Set<string>();
  let seenBefore = seen;
  const isKnown = (key: string) => seen.has(key) || seenBefore.has(key);
  let offset = start;
  /** Where the last page ended, when it was too short to overlap with. */
  let edge: number | undefined;
  let back = 1;

  while (true) {
    const page = await fetchPage({ count: Math.max(2, pageSize), offset });
    const packages = page?.packages ?? [];
    if (offset !== start) {
      if (packages[0] && (page.offset ?? offset) !== offset)
        throw new EsimError(`The server ignores offset ${offset}`);
      if (offset !== edge && !isKnown(keyOf(packages[0]))) {
        offset = Math.max(start, offset - back);
        back *= 2;
        edge = undefined;
        continue;
      }
    }
    for (const row of packages) {
      const key = keyOf(row);
      if (seen.size > REMEMBERED_ROWS) {
        seenBefore = seen;
        seen = new Set();
      }
      if (!isKnown(key)) yield row;
      seen.add(key);
    }
    const end = offset + packages.length;
    if (!packages.length || end >= (page.total ?? Infinity)) return;
    back = 1;
    edge = packages.length === 1 ? end : undefined;
    offset = edge ?? end - 1;
  }
}

/** The ID, or all of it: the live service has left out required fields before. */
function keyOf(row: unknown): string {
  return `${Object(row).id ?? JSON.stringify(row)}`;
}
