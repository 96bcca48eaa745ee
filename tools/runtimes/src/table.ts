import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Check, check } from "./check.ts";
import type { Played } from "./judge.ts";

const COLUMNS = ["Node", "Node, over fetch", "Deno", "Bun", "workerd", "Chromium"] as const;
export type Column = (typeof COLUMNS)[number];

/** The runs for each column; more than one if several versions are tested. */
export type Columns = Map<Column, Played[]>;

const KINDS: Readonly<Record<string, string>> = {
  "refused-write": "write: connection refused",
  "unknownHost-write": "write: host not found",
  "untrusted-write": "write: certificate not trusted",
  "plain-write": "write: `https:` to a port without TLS",
  "blocked-write": "write: a port that `fetch` blocks",
  "lost-write": "write: connection lost",
  "kept-alive-write": "write: kept-alive connection lost",
  "stalled-write": "write: time-out before the answer",
  "stalled-answer-write": "write: time-out in the answer",
  "cut-short-write": "write: answer cut short",
  "aborted-write": "write: aborted by the caller",
  "redirected-write": "write: redirect",
  "misdirected-write": "write: 421",
  "limited-write": "write: 429",
  "busy-write": "write: 503",
  "lost-read": "read: connection lost",
  "busy-read": "read: 503",
};

const OPEN = "<!-- runtimes -->";
const CLOSE = "<!-- /runtimes -->";
const readme = resolve(import.meta.dirname, "../../../packages/esim-sdk/README.md");

export function addTo(columns: Columns, column: Column, played: Played): void {
  columns.set(column, [...(columns.get(column) ?? []), played]);
}

/** The table's text for a kind of failure: what the client knows, and whether it repeats the call. */
function cell(name: string, { outcomes, arrived }: Played): string {
  const outcome = outcomes?.find((each) => each.name === name && each.layer === "class");
  if (!outcome) return "?";
  const { error, attempts } = outcome;
  const { reads, writes, onUsedConnection } = arrived(name, "class");
  if (name === "kept-alive-write" && onUsedConnection === 0) return "takes a new connection";
  const repeated = repetition(attempts, reads, writes);
  if (name.endsWith("-read") || !error) return repeated;
  if (error.outcomeUnknown) return `unknown; ${repeated}`;
  return `${writes === 0 ? "not sent" : "not done"}; ${repeated}`;
}

function repetition(attempts: number, reads: number, writes: number): string {
  // More than the client reports.
  if (attempts > 0 && writes > attempts) return "**sent again by the browser**";
  return Math.max(attempts, reads, writes) > 1 ? "repeated" : "not repeated";
}

/** The table, as formatted Markdown: one row for each kind of failure, one column for each runtime. */
function table(columns: Columns): string {
  const header = ["", ...COLUMNS];
  const rows = Object.entries(KINDS).map(([name, text]) => [
    text,
    ...COLUMNS.map((column) => {
      const [first] = columns.get(column) ?? [];
      return first ? cell(name, first) : "?";
    }),
  ]);
  const widths = header.map((_, index) =>
    Math.max(3, ...[header, ...rows].map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((each, index) => each.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** Whether all versions of a column do the same. */
function* disagreements(columns: Columns): Generator<string> {
  for (const [column, [first, ...others]] of columns) {
    for (const other of others) {
      for (const [name, text] of Object.entries(KINDS)) {
        const [one, two] = [first as Played, other].map((played) => cell(name, played));
        if (one !== two) yield `${column}, ${text}: ${one} on ${first?.title}, ${two} on ${other.title}`;
      }
    }
  }
}

/** Writes the table into the README, or compares it with the one there. Returns no checks if a column was not run. */
export function checkTable(columns: Columns, isToBeWritten: boolean): Check[] {
  if (COLUMNS.some((column) => !columns.has(column))) return [];
  const made = `${OPEN}\n\n${table(columns)}\n\n${CLOSE}`;
  const text = readFileSync(readme, "utf8");
  const [before, rest] = text.split(OPEN);
  const [stands, after] = (rest ?? "").split(CLOSE);
  const agree = check("table: every version of a runtime does the same", ...disagreements(columns));
  if (after === undefined) {
    console.log(`\nThe README has no ${OPEN} and ${CLOSE} to put this table between:\n\n${made}\n`);
    return [agree];
  }
  const isWhole = !made.includes("| ? ");
  if (isToBeWritten && isWhole) writeFileSync(readme, `${before}${made}${after}`);
  const isSame = (isToBeWritten && isWhole) || `${OPEN}${stands}${CLOSE}` === made;
  const advice = isWhole ? "`pnpm runtimes --write` updates it" : "a question mark means that a run failed";
  const problem = `The README's table is out of date; ${advice}. It should be:\n\n${made}`;
  return [agree, check("table: the client's README is up to date", !isSame && problem)];
}
