import type { Narrowing } from "../../format/columns.ts";
import { plain } from "../../format/text.ts";
import { colour } from "../../format/values.ts";
import { entity, key, type ListColumn, moment, text } from "../../listing/cells.ts";
import type { Listing } from "../../listing/listing.ts";
import { statusColour } from "./status.ts";

const COLUMNS = {
  iccid: { heading: "ICCID", ...key("iccid") },
  status: {
    heading: "STATUS",
    ...text((row) => row.sim_status),
    cell: (row, { isColoured }) => colour(plain(row.sim_status), statusColour(row.sim_status), isColoured),
  },
  inventory: { heading: "INVENTORY", ...entity("inventory") },
  group: { heading: "GROUP", ...entity("group") },
  company: { heading: "COMPANY", ...entity("company") },
  imsi: { heading: "IMSI", ...text((row) => row.mapped_imsi) },
  created: { heading: "CREATED", ...moment("created_date") },
  modified: { heading: "MODIFIED", ...moment("modified_date") },
} as const satisfies Readonly<Record<string, ListColumn>>;

const NARROWING: readonly Narrowing[] = [
  { column: "modified", width: 0 },
  { column: "group", width: 0 },
  { column: "inventory", width: 0 },
  { column: "status", width: 0 },
];

/** The list of SIMs. */
export const SIMS: Listing = {
  one: "SIM",
  many: "SIMs",
  rows: "sims",
  columns: COLUMNS,
  defaults: ["iccid", "status", "inventory", "group", "modified"],
  key: "iccid",
  narrowing: NARROWING,
};
