import { visible } from "./visible.ts";

/** From nothing to everything; each level includes those before it. */
export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;

/** How much the mock writes to stderr. */
export type LogLevel = (typeof logLevels)[number];

/** Writes lines; one method per level. */
export type Logger = Readonly<Record<Exclude<LogLevel, "silent">, (line: string) => void>>;

const skip = () => {};

/** A logger to stderr (or `write`) that drops what is above `level`, at no cost per line. */
export function createLogger(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(`${visible(line)}\n`),
): Logger {
  const from = (wanted: LogLevel) => (logLevels.indexOf(wanted) <= logLevels.indexOf(level) ? write : skip);
  return { error: from("error"), warn: from("warn"), info: from("info"), debug: from("debug") };
}
