import { EsimError } from "./errors.ts";

/** A page of rows, as `GetPackagesResponse` is one. All but the rows may be missing. */
export interface Page<Row> {
  readonly packages?: readonly Row[];
  /** How many rows there are in all. */
  readonly total?: number;
  /** How many rows were skipped before this page. */
  readonly offset?: number;
}

/** Options of {@link paginate}. */
export interface PaginateOptions {
  /** How many rows to ask for at a time, 2 at least. The server may give fewer. @default 100 */
  readonly pageSize?: number | undefined;
  /** How many rows to skip at the start. @default 0 */
  readonly offset?: number | undefined;
}

/**
 * Enough to recognise a row that comes again, and a bound on memory. It is also the bound on how many rows may be added
 * or removed between two pages.
 */
const REMEMBERED_ROWS = 10_000;

/**
 * Iterates over a list that is served by `count` and `offset`, fetching each page when it is needed.
 *
 * Rows may be added and removed meanwhile: what is there throughout comes exactly once, as long as the server keeps the
 * rows in order. To that end a page begins with the last row of the one before. Where it does not, rows in front of it are
 * gone and others slipped past: then it walks back until the pages meet again.
 *
 * It ends where the server says that it ends: when `total` is reached, or no row follows.
 * @throws EsimError when the server ignores `offset`, and whatever `fetchPage` throws
 */
export async function* paginate<Row extends object>(
  fetchPage: (range: { count: number; offset: number }) => Promise<Page<Row>>,
  options: PaginateOptions = {},
): AsyncGenerator<Row, void, undefined> {
  const count = Math.max(2, Math.trunc(options.pageSize ?? 100));
  const start = Math.max(0, Math.trunc(options.offset ?? 0));
  const seen = new Set<string>();
  let offset = start;
  /** Where the last page ended, when it was too short to overlap with. */
  let edge: number | undefined;
  let back = 1;

  while (true) {
    const page = await fetchPage({ count, offset });
    const rows = page.packages ?? [];
    const keys = rows.map(keyOf);
    if (offset !== start && rows.length > 0 && (page.offset ?? offset) !== offset) {
      throw new EsimError(
        `The server ignores offset: asked to skip ${offset} packages, it skipped ${page.offset}`,
      );
    }

    const joins = offset === start || offset === edge || (rows.length > 0 && seen.has(keys[0] as string));
    if (!joins) {
      offset = Math.max(start, offset - back);
      back *= 2;
      edge = undefined;
      continue;
    }
    if (rows.length === 0) return;
    back = 1;

    for (const [index, row] of rows.entries()) {
      const key = keys[index] as string;
      const known = seen.delete(key);
      seen.add(key);
      if (known) continue;
      yield row;
    }
    for (const key of seen) {
      if (seen.size <= REMEMBERED_ROWS) break;
      seen.delete(key);
    }

    const end = offset + rows.length;
    if (typeof page.total === "number" && end >= page.total) return;

    edge = rows.length === 1 ? end : undefined;
    offset = edge ?? end - 1;
  }
}

/** The ID, or all of it: the live service has left out required fields before. */
function keyOf(row: object): string {
  const { id } = row as { id?: unknown };
  return typeof id === "string" ? id : JSON.stringify(row);
}
