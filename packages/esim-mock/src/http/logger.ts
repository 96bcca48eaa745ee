import { visible } from "./visible.ts";

/** From least to most; each level includes those before it. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;

/** How much the mock writes to stderr. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes lines; one method per level. */
export type Logger = Readonly<Record<Exclude<LogLevel, "silent">, (line: string) => void>>;

const skip = () => {};

/** A reader that stopped, as `head` does, or a full disk must not end the process. */
const ignore = () => {};

/** A logger to stderr (or `write`). Levels above `level` are dropped at no cost per line. */
export function createLogger(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(`${visible(line)}\n`),
): Logger {
  if (level !== "silent" && !process.stderr.listeners("error").includes(ignore))
    process.stderr.on("error", ignore);
  const from = (wanted: LogLevel) => (LOG_LEVELS.indexOf(wanted) <= LOG_LEVELS.indexOf(level) ? write : skip);
  return { error: from("error"), warn: from("warn"), info: from("info"), debug: from("debug") };
}
