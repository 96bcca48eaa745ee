import { Option } from "@commander-js/extra-typings";
import { iccid, STATE_CHOICES, state, wholeNumber } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { columnWidths, fit, narrow, table } from "../../format/table.ts";
import { plain } from "../../format/values.ts";
import { coloured, json, print, tell } from "../../output.ts";
import { HEADINGS, type Loose, packageRow, SHRINKING } from "./format.ts";

const define = () =>
  command("list", {
    description: "list packages",
    examples: [
      "esim packages list",
      "esim packages list --sim 8910300000045681955 --status active",
      "esim packages list --all --json | jq -r '.[].id'",
    ],
  })
    .option("--count <number>", "how many to show, or with --all to fetch at a time", wholeNumber)
    .option("--offset <number>", "how many to skip", wholeNumber)
    .option("--inventory <id>", "only SIMs of this inventory", wholeNumber)
    .option("--template <id>", "only packages of this template", wholeNumber)
    .option("--sim <iccid>", "only this SIM", iccid)
    .addOption(
      new Option("--status <state>", `only this state: ${STATE_CHOICES.join(", ")}`).argParser(state),
    )
    .option("--all", "every page, as it comes");

type Options = OptionsOf<typeof define>;

/** `esim packages list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: Options): Promise<void> {
  const { api, call } = await connect(options);
  const { count, offset, inventory, template, sim, status } = options;
  if (options.all) {
    const filter = { inventory, packageTemplate: template, sim, status };
    await printAll(api.iteratePackages(filter, { ...call, pageSize: count, offset }), options);
    return;
  }
  const { data } = await api.getPackages(count, offset, inventory, template, sim, status, call);
  if (options.json) {
    await print(json(data));
    return;
  }
  const packages: readonly unknown[] = Array.isArray(data?.packages) ? data.packages : [];
  const rows = packages.map((each) => Object(each) as Loose);
  await printRows(rows, options);
  const total = data?.total ?? rows.length;
  if (rows.length === 0) tell(options, "no package matches");
  else if (total > (offset ?? 0) + rows.length)
    tell(options, `${rows.length} of ${total}; --all shows every one`);
}

async function printRows(rows: readonly Loose[], options: Options): Promise<void> {
  if (rows.length === 0) return;
  if (options.quiet) {
    await print(rows.map(({ id }) => plain(id)).join("\n"));
    return;
  }
  const cells = rows.map((row) => packageRow(row, coloured(options)));
  if (!process.stdout.isTTY) {
    // For a program: tabs, and no heading.
    await print(cells.map((row) => row.join("\t")).join("\n"));
    return;
  }
  const terminal = terminalWidth();
  const widths = narrow(columnWidths([HEADINGS, ...cells]), SHRINKING, terminal);
  const fitting = [HEADINGS, ...cells].map((row) => fit(row, widths, SHRINKING, terminal));
  await print(table(fitting, widths));
}

/** Wide enough for most rows, of which only the first is known when the heading is printed. */
const TYPICAL = ["pkg_1234567", "89103000000456819551", "NOT_ACTIVE", "", "1023.9 MB", "2025-10-31 18:25"];

/** Rows as they come, so that a long list starts at once and needs no memory. */
async function printAll(packages: AsyncIterable<object>, options: Options): Promise<void> {
  let printed = 0;
  let widths: number[] | undefined;
  for await (const each of packages) {
    const row = Object(each) as Loose;
    if (options.json) await print(`${printed === 0 ? "[" : ","}\n${indent(json(row))}`);
    else if (options.quiet || !process.stdout.isTTY) await printRows([row], options);
    else {
      const cells = packageRow(row, coloured(options));
      // The first row decides; a later one that is longer pushes its own line only.
      if (!widths) {
        widths = narrow(columnWidths([HEADINGS, TYPICAL, cells]), SHRINKING, terminalWidth());
        await print(table([HEADINGS], widths));
      }
      await print(table([fit(cells, widths, SHRINKING, terminalWidth())], widths));
    }
    printed++;
  }
  if (options.json) await print(printed === 0 ? "[]" : "]");
  else if (printed === 0) tell(options, "no package matches");
}

/** A terminal that does not say how wide it is gets lines as long as they are. */
function terminalWidth(): number {
  return process.stdout.columns || Number.POSITIVE_INFINITY;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
