import type { Logger } from "../http/logger.ts";
import { loadDocument, type MockDocument } from "./load-document.ts";
import { ReadFiles } from "./read-files.ts";
import { watchFiles } from "./watch-files.ts";

/**
 * Reloads a document whenever one of its files has changed. One that cannot be served is reported once and changes nothing.
 *
 * @param files the files of the current document
 * @param serve takes the new document; an error it throws is reported as an unusable document is
 * @returns a function that stops watching
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
    // Reading something that is not a regular file, such as a pipe, might never end.
    const read = new ReadFiles({ isOnlyFiles: true });
    try {
      serve(await loadDocument(spec, read));
      log.info(`Reloaded ${name}.`);
      reported = "";
    } catch (error) {
      const { message } = error as Error;
      if (message !== reported) log.error(`${message} Still serving ${name} as it was before.`);
      reported = message;
    }
    return read;
  });
}
