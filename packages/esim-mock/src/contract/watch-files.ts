import type { ReadFiles } from "./read-files.ts";

/** The disk is polled because folders mounted into a container send no notifications. */
const LOOKING_MS = 200;

/**
 * Calls `load` whenever one of the files that it last read has changed, disappeared or come back. It waits until two polls in a row
 * find the same, because editors write a file in steps or replace it.
 *
 * @param load rereads the files; must not reject
 * @returns a function that stops watching
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
