import type { GlobalOptions } from "./global-options.ts";

/** A line on stderr that is written over, for a person who waits. In a pipe, and with --quiet, there is none. */
export class Progress {
  readonly #canShow: boolean;
  #isShown = false;

  constructor({ quiet }: Pick<GlobalOptions, "quiet">) {
    this.#canShow = process.stderr.isTTY === true && process.env.TERM !== "dumb" && !quiet;
  }

  /** Shows how far it is. */
  show(text: string): void {
    if (!this.#canShow) return;
    process.stderr.write(`\r\u001b[K${text}`);
    this.#isShown = true;
  }

  /** Takes the line away, before something else is printed. */
  clear(): void {
    if (this.#isShown) process.stderr.write("\r\u001b[K");
    this.#isShown = false;
  }
}
