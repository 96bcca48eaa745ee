import { asIccid } from "../arguments.ts";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { asRow, type Row } from "./row.ts";

/**
 * What was answered where one thing is due.
 * @param fields of which it has one at least, whatever else it leaves out
 * @throws CliError for something else, such as another program's JSON
 */
export function answered(data: unknown, what: string, ...fields: readonly string[]): Row {
  const row = asRow(data);
  if (fields.every((field) => row[field] === undefined || row[field] === null))
    throw new CliError(
      `the answer is no ${what}`,
      "check the address with `esim doctor`",
      ExitCode.unexpected,
    );
  return row;
}

/** The same of what belongs to a SIM. @throws CliError also for what says that it is another SIM's */
export function answeredFor(sim: string, data: unknown, what: string, ...fields: readonly string[]): Row {
  const row = answered(data, what, ...fields);
  for (const name of ["iccid", "sim"]) {
    const other = typeof row[name] === "string" ? asIccid(row[name]) : undefined;
    if (other && other !== sim)
      throw new CliError(
        `the answer is about SIM ${other}, not about SIM ${sim}`,
        "report it to those who run the server",
        ExitCode.unexpected,
      );
  }
  return row;
}
