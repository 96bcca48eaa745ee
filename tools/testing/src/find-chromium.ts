import { existsSync } from "node:fs";

/** This machine's Chromium: at CHROMIUM_PATH or in the usual places. */
export function findChromium(): string | undefined {
  return [
    process.env.CHROMIUM_PATH ?? "",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ].find((path) => existsSync(path));
}
