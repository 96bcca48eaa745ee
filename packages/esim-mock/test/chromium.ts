import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((path) => existsSync(path));

/** Whether this machine has Chromium. If not, that is logged once. */
export const hasChromium = executablePath !== undefined;

if (!hasChromium) {
  console.warn(
    "No Chromium on this machine (set CHROMIUM_PATH to name one): the tests of the pages are skipped.",
  );
}

/** Starts it headless. The caller closes it. */
export function startChromium(...more: string[]): Promise<Browser> {
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      ...more,
    ],
  });
}
