import { asIccid } from "../arguments.ts";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { asRow, type Row } from "./row.ts";

/**
 * Checks that an answer is the expected object.
 * @param fields at least one of these must be present
 * @throws CliError for anything else, such as another program's JSON
 */
export function checkAnswer(data: unknown, what: string, ...fields: readonly string[]): Row {
  const row = asRow(data);
  if (fields.every((field) => row[field] === undefined || row[field] === null))
    throw new CliError(
      `the answer is not a valid ${what}`,
      "check the address with `esim doctor`",
      ExitCode.unexpected,
    );
  return row;
}

/** The same for an object that belongs to a SIM. @throws CliError also if it names another SIM */
export function checkAnswerFor(sim: string, data: unknown, what: string, ...fields: readonly string[]): Row {
  const row = checkAnswer(data, what, ...fields);
  for (const name of ["iccid", "sim"]) {
    const other = typeof row[name] === "string" ? asIccid(row[name]) : undefined;
    if (other && other !== sim)
      throw new CliError(
        `the server answered for SIM ${other} instead of SIM ${sim}`,
        "report this to the operator of the server",
        ExitCode.unexpected,
      );
  }
  return row;
}
