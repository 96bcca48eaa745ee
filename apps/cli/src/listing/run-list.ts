import { paginate } from "@betatelltd/esim-sdk";
import { CliError } from "../cli-error.ts";
import { type Drawing, show } from "../drawing.ts";
import { ExitCode } from "../exit-codes.ts";
import { sorted } from "../format/sort.ts";
import { timeStyle } from "../format/time.ts";
import { coloured, json, log, write } from "../output.ts";
import { Progress } from "../progress.ts";
import { isTerminal } from "../terminal.ts";
import type { ListColumn } from "./cells.ts";
import type { ListOptions } from "./list-command.ts";
import type { Listing } from "./listing.ts";
import { asRow, type Row, rowsOf } from "./row.ts";
import { type ListFormat, RowWriter } from "./row-writer.ts";

/** Fetches a page. */
export type FetchPage = (range: {
  readonly count: number | undefined;
  readonly offset: number | undefined;
}) => Promise<{ readonly data: unknown }>;

/**
 * Prints a list as the options say.
 * @param open connects and returns the function that fetches a page; called only after the options have been checked
 * @param isWanted a filter that the server does not offer; with it, all pages are fetched
 */
export async function runList(
  listing: Listing,
  options: ListOptions,
  open: () => Promise<FetchPage>,
  isWanted?: (row: Row) => boolean,
): Promise<void> {
  const isWhole = options.all || isWanted !== undefined;
  const format = formatOf(options);
  refuseContradictions(options, format, isWhole);
  const fetchPage = await open();
  if (isWhole) await printAll(listing, fetchPage, options, format, isWanted);
  else await show(options, () => drawPage(listing, fetchPage, options, format));
}

function formatOf({ json, jsonl, csv, quiet }: ListOptions): ListFormat {
  const wanted = [json && "--json", jsonl && "--jsonl", csv && "--csv"].filter((each) => each !== undefined);
  if (wanted.length > 1) throw usage(`${wanted.join(" and ")} cannot be combined`, "pass only one of them");
  if (json) return "json";
  if (jsonl) return "jsonl";
  if (csv) return "csv";
  if (quiet) return "ids";
  return isTerminal() ? "table" : "tabs";
}

function refuseContradictions(
  { columns, count, all, watch }: ListOptions,
  format: ListFormat,
  isWhole: boolean,
): void {
  if (columns && ["json", "jsonl", "ids"].includes(format))
    throw usage(
      "--columns works with tables and CSV only",
      "leave out --columns: JSON has every field, and --quiet prints IDs",
    );
  if (isWhole && watch !== undefined)
    throw usage("--watch shows one page only", all ? "leave out --all" : "leave out the search");
  if (isWhole && count === 0)
    throw usage(
      `--count 0${all ? " with --all" : ""} fetches nothing`,
      "pass 1 or more, or leave out --count",
    );
}

/** One page. */
async function drawPage(
  listing: Listing,
  fetchPage: FetchPage,
  options: ListOptions,
  format: ListFormat,
): Promise<Drawing> {
  const { count, offset } = options;
  const { data } = await fetchPage({ count, offset });
  if (format === "json") return { text: `${json(data)}\n` };
  const page = rowsOf(data, listing.rows);
  if (!page)
    throw new CliError(
      `the answer is not a list of ${listing.many}`,
      "check the address with `esim doctor`",
      ExitCode.unexpected,
    );
  const rows = inOrder(listing, page, options, format);
  const writer = writerFor(listing, options, format);
  const text = writer.page(rows) + writer.end();
  return { text, note: noteOn(listing, rows.length, asRow(data).total, options, writer) };
}

function noteOn(
  { one, many }: Listing,
  shown: number,
  total: unknown,
  options: ListOptions,
  writer: RowWriter,
): string | undefined {
  const { count, offset = 0 } = options;
  const all = typeof total === "number" ? total : shown;
  const notes: string[] = [];
  if (count === 0) notes.push(`--count 0 shows none of the ${all} ${many}`);
  else if (shown === 0 && all > 0) notes.push(`nothing after the first ${offset} of ${all}`);
  else if (shown === 0) notes.push(`no ${one} matches`);
  else if (all > offset + shown) notes.push(`${shown} of ${all}; --all shows the rest`);
  if (writer.hidden.length > 0)
    notes.push(`no room for ${writer.hidden.join(", ")}; use --columns, or make the terminal wider`);
  return notes.join("; ") || undefined;
}

/** Rows per request with --all: the server's maximum. */
const PAGE_SIZE = 1_000;

/** Every page, each printed before the next is requested. Sorting needs all of them first. */
async function printAll(
  listing: Listing,
  fetchPage: FetchPage,
  options: ListOptions,
  format: ListFormat,
  isWanted: (row: Row) => boolean = () => true,
): Promise<void> {
  const { count = PAGE_SIZE, offset } = options;
  const writer = writerFor(listing, options, format);
  const progress = new Progress(options);
  let fetched = 0;
  let printed = 0;
  let total: unknown;
  let rows: unknown[] = [];
  const flush = async () => {
    progress.clear();
    const wanted = rows.filter((row) => isWanted(asRow(row)));
    const text = writer.page(inOrder(listing, wanted, options, format));
    fetched += rows.length;
    printed += wanted.length;
    rows = [];
    await write(text);
  };
  const fetchNext = async (range: { count: number; offset: number }) => {
    if (!options.sort) await flush();
    const all = typeof total === "number" ? ` of ${total}` : "";
    progress.show(`${fetched + rows.length}${all} ${listing.many} …`);
    const { data } = await fetchPage(range);
    total = asRow(data).total;
    return data as Record<string, unknown[]>;
  };
  try {
    const range = { pageSize: count, offset, rows: listing.rows };
    for await (const row of paginate(fetchNext, range)) rows.push(row);
  } catch (error) {
    progress.clear();
    throw error;
  }
  await flush();
  await write(writer.end());
  if (printed === 0) log(options, `no ${listing.one} matches`);
}

/** Sorted if requested; otherwise a table in the listing's own order, and other formats as received. */
function inOrder(
  { columns, arrange }: Listing,
  rows: readonly unknown[],
  { sort }: ListOptions,
  format: ListFormat,
): readonly unknown[] {
  if (sort) {
    const { value } = columns[sort.column] as ListColumn;
    return sorted(rows, (row) => value(asRow(row)), sort.isDescending);
  }
  return arrange && format === "table" ? arrange(rows.map(asRow)) : rows;
}

function writerFor(listing: Listing, options: ListOptions, format: ListFormat): RowWriter {
  return new RowWriter(listing, format, options.columns ?? listing.defaults, {
    isColoured: format !== "csv" && coloured(options),
    times: timeStyle("relative", options),
    now: Date.now(),
  });
}

function usage(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.usage);
}
