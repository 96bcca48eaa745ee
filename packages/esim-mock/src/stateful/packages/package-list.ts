import type { Connection } from "../connection.ts";
import type { PackageRow, Status } from "../wire.ts";
import { numberOf, rowOf, SEEDED, SELECT, shown } from "./rows.ts";

/** Which packages to list; undefined fields do not filter. */
export interface Filter {
  readonly inventory?: number | undefined;
  readonly template?: number | undefined;
  readonly sim?: string | undefined;
  readonly status?: Status | undefined;
}

/** A page of rows, and the total number of matches. */
export interface Found {
  readonly total: number;
  readonly rows: readonly PackageRow[];
}

type Parameters = Readonly<Record<string, string | number>>;

/** One way to a page. */
interface Way {
  /** How many rows to skip first, which SQLite reads one by one. */
  readonly skips: number;
  readonly direction: "ASC" | "DESC";
  readonly matches: string;
  readonly parameters: Parameters;
}

/** Where a page ended, and so where the next one begins. */
interface Bookmark {
  /** How many rows precede it. */
  readonly offset: number;
  /** The last of those rows. */
  readonly created: number;
  readonly number: number;
}

const MAX_BOOKMARKS = 100;

/** Lists packages, newest first. The last page costs no more than the first, and each next page no more than the one before. */
export class PackageList {
  readonly #connection: Connection;
  readonly #bookmarks = new Map<string, Bookmark>();
  #version = "";

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  find(account: number, filter: Filter, count: number, offset: number): Found {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    const matches = given.map(([name]) => `${name} = :${name}`).join(" AND ") || "TRUE";
    const parameters: Parameters = { ...Object.fromEntries(given), account };
    const total = this.#count(filter, matches, parameters);
    const length = Math.min(count, total - offset);
    if (length <= 0) return { total, rows: [] };

    const key = JSON.stringify(parameters);
    const ways: Way[] = [
      { skips: offset, direction: "DESC", matches, parameters },
      { skips: total - offset - length, direction: "ASC", matches, parameters },
    ];
    const bookmark = this.#bookmark(key);
    if (bookmark && bookmark.offset <= offset) {
      const { created, number } = bookmark;
      ways.push({
        skips: offset - bookmark.offset,
        direction: "DESC",
        matches: `${matches} AND (created, number) < (:created, :number)`,
        parameters: { ...parameters, created, number },
      });
    }
    const shortest = ways.reduce((best, way) => (way.skips < best.skips ? way : best));
    const rows = this.#read(shortest, length);
    this.#mark(key, offset + length, rows.at(-1));
    return { total, rows };
  }

  #count({ sim }: Filter, matches: string, parameters: Parameters): number {
    const sql =
      sim === undefined
        ? `SELECT sum(packages) AS total FROM tally WHERE account IN (:account, ${SEEDED}) AND ${matches}`
        : `SELECT count(*) AS total FROM (${shown("1", matches)})`;
    return this.#connection.get<{ total: number | null }>(sql, parameters)?.total ?? 0;
  }

  /** The rows of a page, newest first. */
  #read({ skips, direction, matches, parameters }: Way, length: number): PackageRow[] {
    const order = `ORDER BY created ${direction}, number ${direction}`;
    // With a bare parameter as the limit, SQLite plans the query again for each call, which takes longer than reading the rows.
    const keys = `${shown("account, number, created", matches)} ${order} LIMIT :length + 0 OFFSET :skips + 0`;
    const statement = this.#connection.statement(
      `${SELECT} FROM (${keys}) AS page JOIN package ON package.account = page.account AND package.number = page.number
        ORDER BY page.created ${direction}, page.number ${direction}`,
    );
    statement.setReturnArrays(true);
    const rows = statement.all({ ...parameters, length, skips }) as unknown as unknown[][];
    return (direction === "ASC" ? rows.reverse() : rows).map(rowOf);
  }

  /** Cached until something is written. */
  #bookmark(key: string): Bookmark | undefined {
    const version = this.#connection.version();
    if (version !== this.#version) this.#bookmarks.clear();
    this.#version = version;
    return this.#bookmarks.get(key);
  }

  #mark(key: string, offset: number, last: PackageRow | undefined): void {
    if (!last) return;
    this.#bookmarks.delete(key);
    const [oldest] = this.#bookmarks.keys();
    if (this.#bookmarks.size >= MAX_BOOKMARKS && oldest !== undefined) this.#bookmarks.delete(oldest);
    this.#bookmarks.set(key, { offset, created: last.created, number: numberOf(last.id) ?? 0 });
  }
}
