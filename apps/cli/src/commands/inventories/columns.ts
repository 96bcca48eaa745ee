import type { Narrowing } from "../../format/columns.ts";
import { plain, shorten } from "../../format/text.ts";
import { colour } from "../../format/values.ts";
import { key, type ListColumn, moment, text } from "../../listing/cells.ts";
import type { Listing } from "../../listing/listing.ts";
import type { Row } from "../../listing/row.ts";
import { statusColour } from "./status.ts";
import { depthOf, inTree } from "./tree.ts";

const COLUMNS = {
  id: { heading: "ID", ...key("id") },
  name: {
    heading: "NAME",
    value: ({ name }) => name,
    exact: ({ name }) => plain(name),
    // Nested inventories are indented below their parent.
    cell: (row) => indent(row) + plain(row.name),
    short: (row, room) => {
      const before = indent(row).slice(0, Math.max(0, room - 4));
      return before + shorten(plain(row.name), room - before.length);
    },
  },
  status: {
    heading: "STATUS",
    ...text(({ status }) => status),
    cell: ({ status }, { isColoured }) => colour(plain(status), statusColour(status), isColoured),
  },
  company: { heading: "COMPANY", ...text(({ company }) => company) },
  parent: { heading: "PARENT", ...text(({ parent_inventory }) => parent_inventory || undefined) },
  wallet: { heading: "WALLET", ...text(({ wallet }) => wallet) },
  whitelist: { heading: "WHITELIST", ...text(({ whitelist }) => whitelist) },
  note: { heading: "NOTE", ...text(({ note }) => note) },
  created: { heading: "CREATED", ...moment("created_date") },
  modified: { heading: "MODIFIED", ...moment("modified_date") },
  deactivated: { heading: "DEACTIVATED", ...moment("deactivated_date") },
  deleted: { heading: "DELETED", ...moment("deleted_date") },
} as const satisfies Readonly<Record<string, ListColumn>>;

const NARROWING: readonly Narrowing[] = [
  { column: "name", width: 20 },
  { column: "created", width: 0 },
  { column: "company", width: 0 },
  { column: "name", width: 10 },
  { column: "status", width: 0 },
  { column: "name", width: 0 },
];

/** The list of inventories. */
export const INVENTORIES: Listing = {
  one: "inventory",
  many: "inventories",
  rows: "inventories",
  columns: COLUMNS,
  defaults: ["id", "name", "status", "company", "created"],
  key: "id",
  narrowing: NARROWING,
  arrange: inTree,
};

function indent(row: Row): string {
  return "  ".repeat(depthOf(row));
}
