import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

const executablePath = findChromium();

/** Whether this machine has Chromium. If not, that is logged once per process. */
export const hasChromium = executablePath !== undefined;

if (!hasChromium) {
  console.warn("No Chromium found, so the browser tests are skipped; set CHROMIUM_PATH to run them.");
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
