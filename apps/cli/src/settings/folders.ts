import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

/** The file with the stored keys; `undefined` if this user has no home folder. */
export function credentialsFile(): string | undefined {
  return below("XDG_CONFIG_HOME", ".config", "credentials.json");
}

/** A cache file; `undefined` if this user has no home folder. */
export function cacheFile(name: string): string | undefined {
  return below("XDG_CACHE_HOME", ".cache", name);
}

/** The XDG specification says to ignore relative paths, which would depend on the working directory. */
function below(variable: string, folder: string, file: string): string | undefined {
  const named = process.env[variable];
  if (named && isAbsolute(named)) return join(named, "esim", file);
  const home = homeFolder();
  return home && join(home, folder, "esim", file);
}

/** HOME, or if that is missing, empty or relative, the system's entry for this user, if there is one. */
function homeFolder(): string | undefined {
  for (const ask of [homedir, () => userInfo().homedir]) {
    try {
      const home = ask();
      if (isAbsolute(home)) return home;
    } catch {
      // Try the next one.
    }
  }
  return undefined;
}
