import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { width } from "./format/text.ts";
import type { GlobalOptions } from "./global-options.ts";
import { Interrupted, interruption } from "./interruption.ts";
import { log, OutputError, write } from "./output.ts";
import { reportError } from "./report-error.ts";
import { canRedraw, terminalHeight, terminalWidth } from "./terminal.ts";

/** What a command shows of what it was asked for, at one moment. */
export interface Drawing {
  /** Whole lines, for stdout. */
  readonly text: string;
  /** A message about it, for stderr. */
  readonly note?: string | undefined;
  /** What the program ends with, if this is the last one. */
  readonly exitCode?: number;
}

type WatchOptions = Pick<GlobalOptions, "quiet" | "json"> & {
  /** Milliseconds between two looks; without it there is one. */
  readonly watch?: number | undefined;
};

/** Milliseconds between two looks: a server is not to be hammered by a typing error, and timers have an end. */
const LEAST_INTERVAL = 1_000;
const MOST_INTERVAL = 86_400_000;

/**
 * Shows a drawing; with --watch again and again, in place at a terminal and one below the other in a pipe, until it is interrupted. A
 * look that fails is reported, and followed by the next.
 * @throws whatever `draw` throws at the first look, unless it may be over at the next
 */
export async function show(options: WatchOptions, draw: () => Promise<Drawing>): Promise<void> {
  const { watch } = options;
  if (watch === undefined) {
    const { text, note, exitCode = ExitCode.done } = await draw();
    // Before it is written: a reader that has gone changes nothing about it.
    process.exitCode = exitCode;
    await write(text);
    if (note) log(options, note);
    return;
  }
  if (watch < LEAST_INTERVAL || watch > MOST_INTERVAL)
    throw new CliError("--watch takes from a second to a day", "such as --watch 5s", ExitCode.usage);
  // A document is not for the eye, and must not lose a line.
  const screen = canRedraw() && !options.json ? new Screen() : undefined;
  let hasSeen = false;
  for (;;) {
    try {
      const { text, note } = await draw();
      if (screen) await screen.draw(note && !options.quiet ? `${text}${note}\n` : text);
      else {
        await write(text);
        if (note) log(options, note);
      }
      hasSeen = true;
    } catch (error) {
      // It is how a watch ends.
      if (error instanceof Interrupted) break;
      if (error instanceof OutputError || !(hasSeen || isPassing(error))) throw error;
      reportError(error, options);
      screen?.forget();
    }
    if (await isInterruptedIn(watch)) break;
  }
  // Below the ^C that terminals show.
  if (screen) process.stderr.write("\n");
  process.exitCode = (interruption().reason as Interrupted).exitCode;
}

/** Waits so many milliseconds, and says whether the program was interrupted meanwhile. */
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

/** Whether it may be over at the next look: the network, or a server that is busy or restarts. */
function isPassing(error: unknown): boolean {
  const { name, status } = Object(error) as { name?: unknown; status?: unknown };
  if (typeof status === "number") return status === 408 || status === 429 || status >= 500;
  return name === "EsimConnectionError" || name === "EsimTimeoutError";
}

/** Draws over what it drew before. */
class Screen {
  /** How many lines of the terminal the last drawing took. */
  #lines = 0;

  async draw(text: string): Promise<void> {
    const lines = clip(text.trimEnd().split("\n"));
    const height = lines.reduce((sum, line) => sum + heightOf(line), 0);
    const up = this.#lines > 0 ? `\u001b[${this.#lines}A` : "";
    // From the first column on, and everything below is cleared.
    await write(`${up}\r\u001b[J${lines.join("\n")}\n`);
    this.#lines = height;
  }

  /** Something else was printed below the drawing. */
  forget(): void {
    this.#lines = 0;
  }
}

/** How many of the terminal's lines a line takes: it wraps, because what it ends with may be the command to type. */
function heightOf(line: string): number {
  return Math.max(1, Math.ceil(width(line) / terminalWidth()));
}

/** As many lines as the terminal has room for: what has scrolled away cannot be drawn over. */
function clip(lines: readonly string[]): string[] {
  const most = Math.max(2, terminalHeight() - 1);
  let height = 0;
  const room = lines.findIndex((line) => {
    height += heightOf(line);
    return height > most;
  });
  if (room < 0) return [...lines];
  const fitting = lines.slice(0, room);
  while (fitting.reduce((sum, line) => sum + heightOf(line), 0) > most - 1) fitting.pop();
  return [...fitting, `… ${lines.length - fitting.length} lines more than the terminal has`];
}
