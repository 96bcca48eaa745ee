import { paginate } from "@betatelltd/esim-sdk";
import { Option } from "@commander-js/extra-typings";
import { iccid, milliseconds, oneOf, STATE_CHOICES, state, wholeNumber } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import { command, type OptionsOf } from "../../command.ts";
import { type Connected, connect } from "../../connect.ts";
import { type Drawing, show } from "../../drawing.ts";
import { ExitCode } from "../../exit-codes.ts";
import { sorted } from "../../format/sort.ts";
import { timeStyle } from "../../format/time.ts";
import { coloured, json, log, write } from "../../output.ts";
import { Progress } from "../../progress.ts";
import { isTerminal } from "../../terminal.ts";
import { COLUMNS, type ColumnName, DEFAULT_COLUMNS } from "./columns.ts";
import { asRow, rowsOf } from "./row.ts";
import { type ListFormat, RowWriter } from "./row-writer.ts";

const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];
const columnName = oneOf("column", COLUMN_NAMES);

const define = () =>
  command("list", {
    description: "list packages",
    examples: [
      "esim packages list",
      "esim packages list --sim 8910300000045681955 --status active",
      "esim packages list --sort expires --columns id,sim,data,expires",
      "esim packages list --all --csv > packages.csv",
    ],
  })
    .alias("ls")
    .option("--count <number>", "how many to show, or with --all to fetch at a time", wholeNumber)
    .option("--offset <number>", "how many to skip", wholeNumber)
    .option("--inventory <id>", "only SIMs of this inventory", wholeNumber)
    .option("--template <id>", "only packages of this template", wholeNumber)
    .option("--sim <iccid>", "only this SIM", iccid)
    .addOption(new Option("--status <state>", "only this state").choices(STATE_CHOICES).argParser(state))
    .option("--all", "every page, as it comes")
    .addOption(
      new Option("--columns <names>", "what to show, separated by commas")
        .choices(COLUMN_NAMES)
        .argParser((names) => names.split(",").map((name) => columnName(name.trim()))),
    )
    .addOption(
      new Option("--sort <column>", "sort what is shown by this column; -column for the other way")
        .choices(COLUMN_NAMES)
        .argParser((name) => ({
          column: columnName(name.replace(/^-/, "")),
          isDescending: name.startsWith("-"),
        })),
    )
    .option("--csv", "print CSV, with a heading")
    .option("--jsonl", "print each package as one line of JSON")
    .option("--watch <duration>", "look again and again, such as every 5s", milliseconds);

type Options = OptionsOf<typeof define>;

/** `esim packages list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: Options): Promise<void> {
  const format = formatOf(options);
  refuseContradictions(options, format);
  const connected = await connect(options);
  if (options.all) await printAll(connected, options, format);
  else await show(options, () => drawPage(connected, options, format));
}

function formatOf({ json, jsonl, csv, quiet }: Options): ListFormat {
  const wanted = [json && "--json", jsonl && "--jsonl", csv && "--csv"].filter((each) => each !== undefined);
  if (wanted.length > 1) throw usage(`${wanted.join(" and ")} exclude each other`, "choose one");
  if (json) return "json";
  if (jsonl) return "jsonl";
  if (csv) return "csv";
  if (quiet) return "ids";
  return isTerminal() ? "table" : "tabs";
}

function refuseContradictions({ columns, count, all, watch }: Options, format: ListFormat): void {
  if (columns && ["json", "jsonl", "ids"].includes(format))
    throw usage("--columns is for tables and CSV", "JSON has every field, and --quiet the IDs");
  if (all && watch !== undefined) throw usage("--watch shows one page", "leave out --all");
  if (all && count === 0)
    throw usage("--count 0 with --all fetches nothing", "give 1 or more, or leave it out");
}

/** One page, as the server gives it. */
async function drawPage({ api, call }: Connected, options: Options, format: ListFormat): Promise<Drawing> {
  const { count, offset, inventory, template: packageTemplate, sim, status } = options;
  const { data } = await api.getPackages({ count, offset, inventory, packageTemplate, sim, status }, call);
  if (format === "json") return { text: `${json(data)}\n` };
  const page = rowsOf(data);
  if (!page)
    throw new CliError(
      "what answers there is not the Packages API",
      "check the address with `esim doctor`",
      ExitCode.unexpected,
    );
  const rows = inOrder(page, options);
  const writer = writerFor(options, format);
  return { text: writer.page(rows) + writer.end(), note: noteOn(rows.length, data?.total, options, writer) };
}

function noteOn(shown: number, total: unknown, options: Options, writer: RowWriter): string | undefined {
  const { count, offset = 0 } = options;
  const all = typeof total === "number" ? total : shown;
  const notes: string[] = [];
  if (count === 0) notes.push(`--count 0 shows none of ${all} packages`);
  else if (shown === 0 && all > 0) notes.push(`nothing after the first ${offset} of ${all}`);
  else if (shown === 0) notes.push("no package matches");
  else if (all > offset + shown) notes.push(`${shown} of ${all}; --all shows every one`);
  if (writer.hidden.length > 0)
    notes.push(`no room for ${writer.hidden.join(", ")}; choose with --columns, or make the terminal wider`);
  return notes.join("; ") || undefined;
}

/** How many rows to ask for at a time; as many as servers give. */
const PAGE_SIZE = 1_000;

/** Every page, each printed before the next is asked for. To be sorted, all have to come first. */
async function printAll({ api, call }: Connected, options: Options, format: ListFormat): Promise<void> {
  const { count = PAGE_SIZE, offset, inventory, template: packageTemplate, sim, status } = options;
  const writer = writerFor(options, format);
  const progress = new Progress(options);
  let fetched = 0;
  let total: unknown;
  let rows: unknown[] = [];
  const flush = async () => {
    progress.clear();
    const text = writer.page(inOrder(rows, options));
    fetched += rows.length;
    rows = [];
    await write(text);
  };
  const fetchPage = async (range: { count: number; offset: number }) => {
    if (!options.sort) await flush();
    progress.show(`${fetched + rows.length}${typeof total === "number" ? ` of ${total}` : ""} packages …`);
    const { data } = await api.getPackages({ ...range, inventory, packageTemplate, sim, status }, call);
    total = data?.total;
    return data;
  };
  try {
    for await (const row of paginate(fetchPage, { pageSize: count, offset })) rows.push(row);
  } catch (error) {
    progress.clear();
    throw error;
  }
  await flush();
  await write(writer.end());
  if (fetched === 0) log(options, "no package matches");
}

function inOrder(rows: readonly unknown[], { sort }: Options): readonly unknown[] {
  return sort ? sorted(rows, (row) => COLUMNS[sort.column].value(asRow(row)), sort.isDescending) : rows;
}

function writerFor(options: Options, format: ListFormat): RowWriter {
  return new RowWriter(format, options.columns ?? DEFAULT_COLUMNS, {
    isColoured: format !== "csv" && coloured(options),
    times: timeStyle("relative", options),
    now: Date.now(),
  });
}

function usage(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.usage);
}
