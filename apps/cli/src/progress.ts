import type { GlobalOptions } from "./global-options.ts";

/** A progress line on stderr that is updated in place. Shown at a terminal only, and not with --quiet. */
export class Progress {
  readonly #canShow: boolean;
  #isShown = false;

  constructor({ quiet }: Pick<GlobalOptions, "quiet">) {
    this.#canShow = process.stderr.isTTY === true && process.env.TERM !== "dumb" && !quiet;
  }

  /** Replaces the line. */
  show(text: string): void {
    if (!this.#canShow) return;
    process.stderr.write(`\r\u001b[K${text}`);
    this.#isShown = true;
  }

  /** Clears the line, before something else is printed. */
  clear(): void {
    if (this.#isShown) process.stderr.write("\r\u001b[K");
    this.#isShown = false;
  }
}
