import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { width } from "./format/text.ts";
import type { GlobalOptions } from "./global-options.ts";
import { Interrupted, interruption } from "./interruption.ts";
import { log, OutputError, write } from "./output.ts";
import { reportError } from "./report-error.ts";
import { canRedraw, terminalHeight, terminalWidth } from "./terminal.ts";

/** What a command shows at one moment. */
export interface Drawing {
  /** Whole lines, for stdout. */
  readonly text: string;
  /** A message about it, for stderr. */
  readonly note?: string | undefined;
  /** The exit code, if this is the last drawing. */
  readonly exitCode?: number;
}

type WatchOptions = Pick<GlobalOptions, "quiet" | "json"> & {
  /** Milliseconds between two drawings; without it there is only one. */
  readonly watch?: number | undefined;
};

/** Milliseconds. The minimum keeps a typo from hammering the server; the maximum stays within what timers support. */
const MIN_INTERVAL = 1_000;
const MAX_INTERVAL = 86_400_000;

/**
 * Shows a drawing. With --watch it repeats until interrupted: in place at a terminal, appended in a pipe. A failure is reported, and
 * the next drawing follows.
 * @throws what `draw` throws the first time, unless it is likely to pass
 */
export async function show(options: WatchOptions, draw: () => Promise<Drawing>): Promise<void> {
  const { watch } = options;
  if (watch === undefined) {
    const { text, note, exitCode = ExitCode.done } = await draw();
    // Set before writing, so that a closed pipe does not change it.
    process.exitCode = exitCode;
    await write(text);
    if (note) log(options, note);
    return;
  }
  if (watch < MIN_INTERVAL || watch > MAX_INTERVAL)
    throw new CliError(
      "--watch must be between one second and one day",
      "pass an interval such as --watch 5s",
      ExitCode.usage,
    );
  // JSON is for programs, so it is never clipped to the terminal.
  const screen = canRedraw() && !options.json ? new Screen() : undefined;
  let hasDrawn = false;
  for (;;) {
    try {
      const { text, note } = await draw();
      if (screen) await screen.draw(note && !options.quiet ? `${text}${note}\n` : text);
      else {
        await write(text);
        if (note) log(options, note);
      }
      hasDrawn = true;
    } catch (error) {
      // This is how a watch ends.
      if (error instanceof Interrupted) break;
      if (error instanceof OutputError || !(hasDrawn || isTransient(error))) throw error;
      reportError(error, options);
      screen?.forget();
    }
    if (await isInterruptedIn(watch)) break;
  }
  // Moves below the ^C that terminals echo.
  if (screen) process.stderr.write("\n");
  process.exitCode = (interruption().reason as Interrupted).exitCode;
}

/** Waits this many milliseconds. Resolves to whether the program was interrupted meanwhile. */
function isInterruptedIn(ms: number): Promise<boolean> {
  const signal = interruption();
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(true);
    const giveUp = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", giveUp);
      resolve(false);
    }, ms);
    signal.addEventListener("abort", giveUp, { once: true });
  });
}

/** Whether an error is likely to pass: a network failure, or a server that is busy or restarting. */
function isTransient(error: unknown): boolean {
  const { name, status } = Object(error) as { name?: unknown; status?: unknown };
  if (typeof status === "number") return status === 408 || status === 429 || status >= 500;
  return name === "EsimConnectionError" || name === "EsimTimeoutError";
}

/** Redraws in place. */
class Screen {
  /** The height of the last drawing, in terminal lines. */
  #lines = 0;

  async draw(text: string): Promise<void> {
    const lines = clip(text.trimEnd().split("\n"));
    const height = lines.reduce((sum, line) => sum + heightOf(line), 0);
    const up = this.#lines > 0 ? `\u001b[${this.#lines}A` : "";
    // Returns to the first column, and clears everything below.
    await write(`${up}\r\u001b[J${lines.join("\n")}\n`);
    this.#lines = height;
  }

  /** Call after printing something else below the drawing. */
  forget(): void {
    this.#lines = 0;
  }
}

/** The height of a line in terminal lines. Lines wrap rather than being cut, because a line may end with the command to type. */
function heightOf(line: string): number {
  return Math.max(1, Math.ceil(width(line) / terminalWidth()));
}

/** As many lines as fit the terminal: what has scrolled off cannot be redrawn. */
function clip(lines: readonly string[]): string[] {
  const maxHeight = Math.max(2, terminalHeight() - 1);
  let height = 0;
  const room = lines.findIndex((line) => {
    height += heightOf(line);
    return height > maxHeight;
  });
  if (room < 0) return [...lines];
  const fitting = lines.slice(0, room);
  while (fitting.reduce((sum, line) => sum + heightOf(line), 0) > maxHeight - 1) fitting.pop();
  const hidden = lines.length - fitting.length;
  return [...fitting, `… ${hidden} more ${hidden === 1 ? "line" : "lines"}; make the terminal taller`];
}
