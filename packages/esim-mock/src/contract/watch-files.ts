import type { ReadFiles } from "./read-files.ts";

/** The disk is asked, because notifications do not come from folders that are mounted into a container. */
const LOOKING_MS = 200;

/**
 * Calls `load` whenever one of the files that it read last has changed, is gone or has come back, once they have stood still from one
 * look to the next: editors write a file in steps, or put another in its place.
 *
 * @param load reads the files again; must not reject
 * @returns what ends it
 */
export function watchFiles(
  read: ReadFiles,
  load: () => Promise<ReadFiles>,
  lookingMilliseconds = LOOKING_MS,
): () => void {
  let files = read;
  let seen = "";
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const look = async () => {
    const now = await files.stamp();
    if (hasEnded) return;
    if (now !== files.stampWhenRead && now === seen) files = await load();
    seen = now;
    lookAgain();
  };
  const lookAgain = () => {
    if (!hasEnded) timer = setTimeout(look, lookingMilliseconds).unref();
  };
  lookAgain();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
  };
}
