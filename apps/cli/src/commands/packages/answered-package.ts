import { asIccid } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import type { Row } from "../../listing/row.ts";

/** Of a purchase: for which SIM it was, and the command that shows it. */
interface Purchase {
  readonly sim: string;
  readonly lookUp: string;
}

/**
 * What was answered where a package is due.
 * @throws CliError for something else, such as another program's JSON, or a package of another SIM than it was bought for
 */
export function packageOf(data: unknown, purchase?: Purchase): Row {
  const row = Object(data) as Row;
  const hint = purchase
    ? `it may have been created: check with \`${purchase.lookUp}\` before you try again`
    : "check the address with `esim doctor`";
  if (row.id === undefined || row.id === null)
    throw new CliError("the answer is no package", hint, ExitCode.unexpected);
  const sim = typeof row.sim === "string" ? asIccid(row.sim) : undefined;
  if (purchase && sim && sim !== purchase.sim)
    throw new CliError(
      `the answer is about package ${plain(row.id)} of SIM ${sim}, not of SIM ${purchase.sim}`,
      hint,
      ExitCode.unexpected,
    );
  return row;
}
