import { connect } from "../connect.ts";
import { HEADINGS, type Loose, packageRow } from "../format/package.ts";
import { columnWidths, table } from "../format/table.ts";
import { plain } from "../format/values.ts";
import { coloured, type GlobalOptions, json, print, tell } from "../output.ts";
import type { State } from "./arguments.ts";

/** The flags of `esim packages list`. */
export interface ListOptions extends GlobalOptions {
  readonly count?: number;
  readonly offset?: number;
  readonly inventory?: number;
  readonly template?: number;
  readonly sim?: string;
  readonly status?: State;
  readonly all?: boolean;
}

/** `esim packages list`. */
export async function list(options: ListOptions): Promise<void> {
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
  const rows: readonly Loose[] = Array.isArray(data?.packages) ? (data.packages as unknown as Loose[]) : [];
  await printRows(rows, options);
  const total = data?.total ?? rows.length;
  if (rows.length === 0) tell(options, "no package matches");
  else if (total > (offset ?? 0) + rows.length)
    tell(options, `${rows.length} of ${total}; --all shows every one`);
}

async function printRows(rows: readonly Loose[], options: GlobalOptions): Promise<void> {
  if (rows.length === 0) return;
  if (options.quiet) {
    await print(rows.map(({ id }) => plain(id)).join("\n"));
    return;
  }
  const cells = rows.map((row) => packageRow(row, coloured(options)));
  // Columns for a person; tabs and no heading for a program.
  await print(
    process.stdout.isTTY ? table([HEADINGS, ...cells]) : cells.map((row) => row.join("\t")).join("\n"),
  );
}

/** Wide enough for most rows, of which only the first is known when the heading is printed. */
const TYPICAL = ["pkg_1234567", "89103000000456819551", "NOT_ACTIVE", "", "1023.9 MB", "2025-10-31 18:25"];

/** Rows as they come, so that a long list starts at once and needs no memory. */
async function printAll(packages: AsyncIterable<object>, options: GlobalOptions): Promise<void> {
  let printed = 0;
  let widths: number[] | undefined;
  for await (const each of packages) {
    const row = each as Loose;
    if (options.json) await print(`${printed === 0 ? "[" : ","}\n${indent(json(row))}`);
    else if (options.quiet || !process.stdout.isTTY) await printRows([row], options);
    else {
      const cells = packageRow(row, coloured(options));
      // The first row decides; a later one that is longer pushes its own line only.
      if (!widths) {
        widths = columnWidths([HEADINGS, TYPICAL, cells]);
        await print(table([HEADINGS], widths));
      }
      await print(table([cells], widths));
    }
    printed++;
  }
  if (options.json) await print(printed === 0 ? "[]" : "]");
  else if (printed === 0) tell(options, "no package matches");
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
