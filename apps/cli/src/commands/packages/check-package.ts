import { asIccid } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import type { Row } from "../../listing/row.ts";

/** A purchase: its SIM, and the command that shows the result. */
interface Purchase {
  readonly sim: string;
  readonly lookUp: string;
}

/**
 * Checks that an answer is a package.
 * @throws CliError for anything else, such as another program's JSON, or if a purchase was answered with a package of another SIM
 */
export function checkPackage(data: unknown, purchase?: Purchase): Row {
  const row = Object(data) as Row;
  const hint = purchase
    ? `the package may have been created: check with \`${purchase.lookUp}\` before you try again`
    : "check the address with `esim doctor`";
  if (row.id === undefined || row.id === null)
    throw new CliError("the answer is not a valid package", hint, ExitCode.unexpected);
  const sim = typeof row.sim === "string" ? asIccid(row.sim) : undefined;
  if (purchase && sim && sim !== purchase.sim)
    throw new CliError(
      `the server answered with package ${plain(row.id)} of SIM ${sim} instead of SIM ${purchase.sim}`,
      hint,
      ExitCode.unexpected,
    );
  return row;
}
