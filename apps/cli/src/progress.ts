import type { GlobalOptions } from "./global-options.ts";

/** A line on stderr that is written over, for a person who waits. In a pipe, and with --quiet, there is none. */
export class Progress {
  readonly #isShown: boolean;

  constructor({ quiet }: Pick<GlobalOptions, "quiet">) {
    this.#isShown = process.stderr.isTTY === true && process.env.TERM !== "dumb" && !quiet;
  }

  /** Shows how far it is. */
  show(text: string): void {
    if (this.#isShown) process.stderr.write(`\r\u001b[K${text}`);
  }

  /** Takes the line away, before something else is printed. */
  clear(): void {
    if (this.#isShown) process.stderr.write("\r\u001b[K");
  }
}
