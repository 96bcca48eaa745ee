import { caption, markdownTable, type RunDetails } from "@betatelltd/esim-testing/report";

/** What came of one operation. */
export interface Reached {
  /** How often it succeeded. */
  readonly successes: number;
  /** How often it has to. */
  readonly least: number;
}

/** What came of one mode of the mock. */
export interface Mode {
  /** Requests that were generated and answered. */
  readonly cases: number;
  /** Whether schemathesis found nothing, and each operation succeeded often enough. */
  readonly hasPassed: boolean;
  readonly operations: Readonly<Record<string, Reached>>;
}

/** What a whole run found, as results.json has it. */
export interface Results extends RunDetails {
  readonly seed: string;
  readonly modes: Readonly<Record<"contract" | "stateful", Mode>>;
}

/** What the README shows of a run. */
export function sections(results: Results): Record<string, string> {
  const { contract, stateful } = results.modes;
  const verdict = ({ hasPassed }: Mode) => (hasPassed ? "✓" : "✗ **failed**");
  const successes = Object.entries(contract.operations).map(([id, reached]) => [
    `\`${id}\` succeeded`,
    reached.successes,
    stateful.operations[id]?.successes ?? "",
  ]);
  const table = markdownTable([
    ["", "contract", "`--stateful`"],
    ["cases", contract.cases, stateful.cases],
    ["every answer as the contract has it", verdict(contract), verdict(stateful)],
    ...successes,
  ]);
  return { "fuzz:results": `${table}\n\n${caption(results)}` };
}
