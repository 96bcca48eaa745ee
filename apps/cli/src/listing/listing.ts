import type { Narrowing } from "../format/columns.ts";
import type { ListColumn } from "./cells.ts";
import type { Row } from "./row.ts";

/** Describes a list. */
export interface Listing {
  /** Singular and plural, for messages. */
  readonly one: string;
  readonly many: string;
  /** The field of a page that holds its rows. */
  readonly rows: string;
  /** All columns, by their names in --columns and --sort. */
  readonly columns: Readonly<Record<string, ListColumn>>;
  /** The columns shown without --columns. */
  readonly defaults: readonly string[];
  /** The column that identifies a row: always shown, and the only one that --quiet prints. */
  readonly key: string;
  /** How to fit a narrow terminal. */
  readonly narrowing: readonly Narrowing[];
  /** Orders the rows of a page in an unsorted table. */
  readonly arrange?: (rows: readonly Row[]) => readonly Row[];
}
