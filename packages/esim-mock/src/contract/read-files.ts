import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";

/** Files that were read, each once however often it is asked for, and how to see that one has changed since. */
export class ReadFiles {
  readonly #contents = new Map<string, Promise<Buffer>>();
  readonly #stamps = new Map<string, string>();

  readonly #isOnlyFiles: boolean;

  /** @param options `isOnlyFiles`: whether to refuse pipes and the like. @default false */
  constructor({ isOnlyFiles = false } = {}) {
    this.#isOnlyFiles = isOnlyFiles;
  }

  /** Rejects as `readFile` does. */
  read(file: string): Promise<Buffer> {
    const path = resolve(file);
    const known = this.#contents.get(path);
    if (known) return known;
    const content = this.#read(path);
    this.#contents.set(path, content);
    return content;
  }

  /** What the files looked like before they were read. Another text than `stamp` gives later means that one has changed. */
  get stampWhenRead(): string {
    return JSON.stringify([...this.#stamps.values()]);
  }

  /** What the files look like now, those that could not be read included. */
  async stamp(): Promise<string> {
    return JSON.stringify(await Promise.all([...this.#stamps.keys()].map(stampOf)));
  }

  async #read(path: string): Promise<Buffer> {
    // Its place is taken at once, so that the order does not depend on the disk.
    this.#stamps.set(path, "");
    // Before it is read: a write in between is then seen as a change.
    this.#stamps.set(path, await stampOf(path));
    if (this.#isOnlyFiles && !(await stat(path)).isFile()) throw new Error("it is not a regular file");
    return readFile(path);
  }
}

/** Differs after each write, and after another file has taken the name. */
function stampOf(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ mtimeNs, size, ino }) => `${mtimeNs} ${size} ${ino}`,
    ({ code }: NodeJS.ErrnoException) => code ?? "",
  );
}
