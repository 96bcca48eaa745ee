import { asIccid } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import type { Connected } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain, shellWord } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { getCommand, simHints } from "./hints.ts";

/**
 * Every package of a SIM, newest first as the server lists them. Rows of another SIM, from a server that ignores the filter, do not
 * count; one that does not say of which SIM it is may be of this one.
 */
export async function packagesOfSim({ api, call }: Connected, sim: string): Promise<Row[]> {
  const collect = async () => {
    const rows: Row[] = [];
    for await (const each of api.iteratePackages({ sim }, call)) rows.push(asRow(each));
    return rows.filter((row) => simOf(row) === sim || simOf(row) === undefined);
  };
  return withHints(simHints(sim), collect());
}

/** The ICCID of a package's SIM; `undefined` where it has none that can be compared, such as a number, which has lost its last digits. */
function simOf({ sim }: Row): string | undefined {
  return typeof sim === "string" ? asIccid(sim) : undefined;
}

/** What a command wants to do with a package. */
interface Purpose {
  /** What is looked for, such as `package that can be activated`. */
  readonly wanted: string;
  /** Whether a package in this state is meant. */
  readonly isMeant: (status: unknown) => boolean;
  /** Whether the only package of a SIM is meant, whatever its state. */
  readonly takesOnly?: boolean;
  /** The command that a choice is offered for. */
  readonly command: string;
}

/**
 * The ID of the package that is meant: what was given is one, or it is the ICCID of the SIM that has the package.
 * @throws CliError when that SIM has none, or several that could be meant
 */
export async function findPackage(given: string, connected: Connected, purpose: Purpose): Promise<string> {
  const sim = asIccid(given);
  if (!sim) return given;
  const rows = await packagesOfSim(connected, sim);
  const isOnly = purpose.takesOnly && rows.length === 1;
  const meant = rows.filter(({ status }) => isOnly || purpose.isMeant(status));
  const [only] = meant;
  if (only && meant.length === 1) return idOf(only, sim);
  if (meant.length > 1)
    throw new CliError(
      `SIM ${sim} has ${meant.length} packages that could be meant: ${named(meant)}`,
      `choose one: \`${purpose.command} ${shellWord(String(only?.id)) ?? "ID"}\``,
      ExitCode.usage,
    );
  throw new CliError(
    `SIM ${sim} has no ${purpose.wanted}: ${rows.length > 0 ? named(rows) : "it has no package"}`,
    `see what it has with \`esim check ${sim}\``,
    rows.length > 0 ? ExitCode.usage : ExitCode.notFound,
  );
}

/** @throws CliError for a package that does not say which one it is, or of which SIM: it may be another customer's */
function idOf(row: Row, sim: string): string {
  const { id } = row;
  const hasId = typeof id === "number" || (typeof id === "string" && id !== "");
  if (hasId && simOf(row) === sim) return `${id}`;
  throw new CliError(
    hasId
      ? `package ${plain(id)} does not say that it is of SIM ${sim}`
      : `the package of SIM ${sim} came without an ID`,
    hasId
      ? `if it is, name it by its ID: ${shellWord(`${id}`) ?? "ID"}`
      : "report it to those who run the server",
    ExitCode.unexpected,
  );
}

/** The states that can be terminated; that which has not begun, or is over, cannot. */
export function canTerminate(status: unknown): boolean {
  return status === "ACTIVE" || status === "SUSPENDED";
}

/** Says of a package that a command is certain to be refused for, before it is asked. @throws CliError */
export function refuseState(row: Row, what: string): never {
  throw new CliError(
    `package ${plain(row.id)} is ${plain(row.status)}, and only one that is ${what}`,
    `see it with \`${getCommand(String(row.id))}\``,
    ExitCode.usage,
  );
}

/** At most this many are named. */
const MOST_NAMED = 5;

function named(rows: readonly Row[]): string {
  const names = rows.slice(0, MOST_NAMED).map(({ id, status }) => `${plain(id)} is ${plain(status)}`);
  const more = rows.length - names.length;
  return names.join(", ") + (more > 0 ? `, and ${more} more` : "");
}
