import { asIccid } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import type { Connected } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain, shellWord } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { getCommand, simHints } from "./hints.ts";

/**
 * All packages of a SIM, newest first, as the server lists them. Packages of other SIMs, from a server that ignores the filter, are left
 * out; packages that name no SIM are kept.
 */
export async function packagesOfSim({ api, call }: Connected, sim: string): Promise<Row[]> {
  const collect = async () => {
    const rows: Row[] = [];
    for await (const each of api.iteratePackages({ sim }, call)) rows.push(asRow(each));
    return rows.filter((row) => simOf(row) === sim || simOf(row) === undefined);
  };
  return withHints(simHints(sim), collect());
}

/** The ICCID of a package's SIM; `undefined` if it is missing or not comparable, such as a number, which has lost its last digits. */
function simOf({ sim }: Row): string | undefined {
  return typeof sim === "string" ? asIccid(sim) : undefined;
}

/** Which package a command is looking for. */
interface Purpose {
  /** In words, such as `package that can be activated`. */
  readonly wanted: string;
  /** Whether a package in this state qualifies. */
  readonly isEligible: (status: unknown) => boolean;
  /** Whether a SIM's only package qualifies in any state. */
  readonly isOnlyEligible?: boolean;
  /** The command to repeat with one of several IDs. */
  readonly command: string;
}

/**
 * The package ID for an argument, which is either that ID or the ICCID of the SIM that has the package.
 * @throws CliError if no package of that SIM qualifies, or several do
 */
export async function findPackage(given: string, connected: Connected, purpose: Purpose): Promise<string> {
  const sim = asIccid(given);
  if (!sim) return given;
  const rows = await packagesOfSim(connected, sim);
  const isOnly = purpose.isOnlyEligible && rows.length === 1;
  const eligible = rows.filter(({ status }) => isOnly || purpose.isEligible(status));
  const [first] = eligible;
  if (first && eligible.length === 1) return idOf(first, sim);
  if (eligible.length > 1)
    throw new CliError(
      `SIM ${sim} has ${eligible.length} matching packages: ${summaryOf(eligible)}`,
      `pass the ID of one, such as \`${purpose.command} ${shellWord(String(first?.id)) ?? "ID"}\``,
      ExitCode.usage,
    );
  throw new CliError(
    `SIM ${sim} has no ${purpose.wanted}: ${rows.length > 0 ? summaryOf(rows) : "it has no package"}`,
    `check the SIM with \`esim check ${sim}\``,
    rows.length > 0 ? ExitCode.usage : ExitCode.notFound,
  );
}

/** @throws CliError for a package without an ID or without its SIM: it may belong to another customer */
function idOf(row: Row, sim: string): string {
  const { id } = row;
  const hasId = typeof id === "number" || (typeof id === "string" && id !== "");
  if (hasId && simOf(row) === sim) return `${id}`;
  throw new CliError(
    hasId
      ? `cannot verify that package ${plain(id)} belongs to SIM ${sim}: the server did not say`
      : `the server listed a package of SIM ${sim} without an ID`,
    hasId
      ? `if it does, pass its ID instead: ${shellWord(`${id}`) ?? "ID"}`
      : "report this to the operator of the server",
    ExitCode.unexpected,
  );
}

/** Whether a package in this state can be terminated. One that has not started or has ended cannot. */
export function canTerminate(status: unknown): boolean {
  return status === "ACTIVE" || status === "SUSPENDED";
}

/** Refuses a command that the server is certain to reject. @throws CliError */
export function refuseState(row: Row, done: string, states: string): never {
  throw new CliError(
    `package ${plain(row.id)} is ${plain(row.status)}, and cannot be ${done}: it must be ${states}`,
    `see the package with \`${getCommand(String(row.id))}\``,
    ExitCode.usage,
  );
}

/** How many packages a message lists. */
const MAX_LISTED = 5;

function summaryOf(rows: readonly Row[]): string {
  const names = rows.slice(0, MAX_LISTED).map(({ id, status }) => `${plain(id)} is ${plain(status)}`);
  const more = rows.length - names.length;
  return names.join(", ") + (more > 0 ? `, and ${more} more` : "");
}
