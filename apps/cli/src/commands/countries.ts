import { CoreApi } from "@betatelltd/esim-sdk";
import type { OptionsOf } from "../command.ts";
import { connect } from "../connect.ts";
import { key, type ListColumn, text } from "../listing/cells.ts";
import { listCommand } from "../listing/list-command.ts";
import type { Listing } from "../listing/listing.ts";
import type { Row } from "../listing/row.ts";
import { runList } from "../listing/run-list.ts";

const COLUMNS = {
  iso3: { heading: "CODE", ...key("iso3") },
  iso2: { heading: "ISO2", ...text(({ iso2 }) => iso2) },
  name: { heading: "NAME", ...text(({ name }) => name) },
} as const satisfies Readonly<Record<string, ListColumn>>;

/** The list of countries. */
const COUNTRIES: Listing = {
  one: "country",
  many: "countries",
  rows: "countries",
  columns: COLUMNS,
  defaults: ["iso3", "iso2", "name"],
  key: "iso3",
  narrowing: [
    { column: "name", width: 20 },
    { column: "iso2", width: 0 },
  ],
};

const HELP = {
  description: "list or search countries, with the codes that templates use",
  examples: ["esim countries germ", "esim countries DE", "esim countries --all --csv > countries.csv"],
};

const define = () =>
  listCommand("countries", HELP, COUNTRIES).argument("[search]", "part of a name, or a code");

/** `esim countries`. */
export const countries = () =>
  define().action((search, _, self) => run(search ?? "", self.optsWithGlobals()));

async function run(search: string, options: OptionsOf<typeof define>): Promise<void> {
  const isWanted = matcherOf(search.trim());
  const open = async () => {
    const { configuration, call } = await connect(options);
    const api = new CoreApi(configuration);
    return (range: { count: number | undefined; offset: number | undefined }) =>
      api.getCountries(range, call);
  };
  await runList(COUNTRIES, options, open, isWanted);
}

/** Two or three capitals match codes only; anything else matches a whole code or part of a name, ignoring accents and case. */
function matcherOf(search: string): ((row: Row) => boolean) | undefined {
  if (search === "") return undefined;
  const wanted = folded(search);
  const isCode = /^[A-Z]{2,3}$/.test(search);
  return ({ name, iso2, iso3 }) =>
    [iso2, iso3].some((code) => folded(code) === wanted) || (!isCode && folded(name).includes(wanted));
}

function folded(value: unknown): string {
  return typeof value === "string" ? value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase() : "";
}
