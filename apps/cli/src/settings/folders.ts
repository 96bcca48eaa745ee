import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

/** The file with the stored keys; `undefined` where this user has no place for one. */
export function credentialsFile(): string | undefined {
  return below("XDG_CONFIG_HOME", ".config", "credentials.json");
}

/** A file that may be lost at any time; `undefined` where this user has no place for one. */
export function cacheFile(name: string): string | undefined {
  return below("XDG_CACHE_HOME", ".cache", name);
}

/** As the XDG specification has it, a folder that is not absolute counts for nothing: it would be one in the working directory. */
function below(variable: string, folder: string, file: string): string | undefined {
  const named = process.env[variable];
  if (named && isAbsolute(named)) return join(named, "esim", file);
  const home = homeFolder();
  return home && join(home, folder, "esim", file);
}

/** Where HOME is missing, empty or relative, what the system says of this user; it may know nothing of a user without a name. */
function homeFolder(): string | undefined {
  for (const ask of [homedir, () => userInfo().homedir]) {
    try {
      const home = ask();
      if (isAbsolute(home)) return home;
    } catch {
      // The next one may know.
    }
  }
  return undefined;
}
