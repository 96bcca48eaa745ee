import type { Narrowing } from "../format/columns.ts";
import type { ListColumn } from "./cells.ts";
import type { Row } from "./row.ts";

/** What is listed, and how. */
export interface Listing {
  /** One of it, and several, for messages. */
  readonly one: string;
  readonly many: string;
  /** The field of a page that has its rows. */
  readonly rows: string;
  /** Every column that the list can have, by the name that --columns and --sort take. */
  readonly columns: Readonly<Record<string, ListColumn>>;
  /** The columns of a list for which none are named. */
  readonly defaults: readonly string[];
  /** The column that tells rows apart: it stays on a narrow terminal, and --quiet prints nothing else. */
  readonly key: string;
  /** How the list gives way to a narrow terminal. */
  readonly narrowing: readonly Narrowing[];
  /** The rows of a page in the order of a table that is not sorted. */
  readonly arrange?: (rows: readonly Row[]) => readonly Row[];
}
