import { writeFile } from "node:fs/promises";
import { MockStartError } from "../mock-start-error.ts";
import type { DriftEntry, DriftReport } from "./drift.ts";

/** A report for people, one line for each kind of departure. */
export function describeDrift(report: DriftReport): string {
  const { upstream, requests, departures, uninspected, drift } = report;
  const left = uninspected > 0 ? ` (${count(uninspected, "body", "bodies")} not inspected)` : "";
  const asked = `${count(requests, "request")} to ${upstream}${left}`;
  if (departures === 0) return `No departures from the document in ${asked}.`;
  const lines = drift.map(describeEntry);
  return [`${count(departures, "departure")} from the document in ${asked}:`, ...lines].join("\n");
}

/**
 * Writes a report as JSON.
 *
 * @throws MockStartError `REPORT` if the file cannot be written
 */
export async function saveDrift(report: DriftReport, file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`).catch((error: NodeJS.ErrnoException) => {
    const message = `Cannot write the report to ${file}: ${error.code ?? error.message}.`;
    throw new MockStartError("REPORT", message, { cause: error });
  });
}

function describeEntry({ operation, direction, field, kind, count: times, example }: DriftEntry): string {
  const shown = example.value === undefined ? "" : `, such as ${JSON.stringify(example.value)}`;
  return `  ${operation || "(no operation)"} ${direction} ${field}: ${kind}, ${count(times, "time")}${shown}`;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
