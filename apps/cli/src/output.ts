import type { GlobalOptions } from "./global-options.ts";

/** Whether to colour what goes to stdout: for a person at a terminal, unless they said no. */
export function coloured({ color }: GlobalOptions): boolean {
  if (color === false || process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR && process.env.FORCE_COLOR !== "0") return true;
  return Boolean(process.stdout.isTTY) && process.env.TERM !== "dumb";
}

/** Writes lines to stdout, and waits while whoever reads them is slow. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`))
    await new Promise((resolve) => process.stdout.once("drain", resolve));
}

/** A message for the person, on stderr; none with --quiet. */
export function tell(options: GlobalOptions, text: string): void {
  if (!options.quiet) process.stderr.write(`${text}\n`);
}

/** A document for a program. What JSON may leave as it is but a terminal may obey is escaped, which means the same. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );
}
