import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";

/** Reads each file once, however often it is requested, and detects later changes. */
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

  /** The state of the files before they were read. A different result from `stamp` later means that one has changed. */
  get stampWhenRead(): string {
    return JSON.stringify([...this.#stamps.values()]);
  }

  /** The state of the files now, including those that could not be read. */
  async stamp(): Promise<string> {
    return JSON.stringify(await Promise.all([...this.#stamps.keys()].map(stampOf)));
  }

  async #read(path: string): Promise<Buffer> {
    // The entry is added at once, so that the order does not depend on the disk.
    this.#stamps.set(path, "");
    // Before the read, so that a write in between counts as a change.
    this.#stamps.set(path, await stampOf(path));
    if (this.#isOnlyFiles && !(await stat(path)).isFile()) throw new Error("it is not a regular file");
    return readFile(path);
  }
}

/** Changes with every write, and when another file takes the name. */
function stampOf(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ mtimeNs, size, ino }) => `${mtimeNs} ${size} ${ino}`,
    ({ code }: NodeJS.ErrnoException) => code ?? "",
  );
}
