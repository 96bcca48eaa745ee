import type { Logger } from "../http/logger.ts";
import { loadDocument, type MockDocument } from "./load-document.ts";
import { ReadFiles } from "./read-files.ts";
import { watchFiles } from "./watch-files.ts";

/**
 * Loads a document again whenever one of its files has changed. One that cannot be served is reported once, and changes nothing.
 *
 * @param files those of the last time
 * @param serve takes the new document; what it throws is reported like a document that cannot be used
 * @returns what ends it
 */
export function watchDocument(
  spec: string | undefined,
  files: ReadFiles,
  serve: (document: MockDocument) => void,
  log: Logger,
): () => void {
  const name = spec ?? "the document";
  let reported = "";
  return watchFiles(files, async () => {
    // What is no file may keep its reader waiting for ever.
    const read = new ReadFiles({ isOnlyFiles: true });
    try {
      serve(await loadDocument(spec, read));
      log.info(`Reloaded ${name}.`);
      reported = "";
    } catch (error) {
      const { message } = error as Error;
      if (message !== reported) log.error(`${message} The mock goes on with ${name} as it was before.`);
      reported = message;
    }
    return read;
  });
}
