import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Ran } from "./run.ts";

/** The reason for a skipped row: CI must have Chromium, a developer need not. */
export const NO_CHROMIUM = "No Chromium found; set CHROMIUM_PATH to one.";

/** The parts of playwright-core that are used; it is installed in the toolchain, so its types are not available. */
interface Playwright {
  readonly chromium: { launch(options: object): Promise<Browser> };
}

interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Page {
  on(event: "console", listener: (message: { text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  goto(url: string): Promise<unknown>;
  waitForFunction(expression: string, argument: undefined, options: { timeout: number }): Promise<unknown>;
}

/**
 * Runs scripts in one browser, each in its own page. A script sets `globalThis.done` when it has finished.
 * @param scripts paths of files, each a script or a module without imports
 */
export async function runInChromium(
  toolchain: string,
  executablePath: string,
  scripts: readonly string[],
): Promise<Ran[]> {
  const load = createRequire(join(toolchain, "package.json"));
  const { chromium } = load("playwright-core") as Playwright;
  const site = createServer((request, response) => {
    const script = scripts[Number(request.url?.match(/^\/(\d+)\.js$/)?.[1])];
    if (script) response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(script));
    else if (request.url === "/favicon.ico") response.writeHead(204).end();
    else {
      const tag = `<script type="module" src="${request.url}.js"></script>`;
      response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html>${tag}`);
    }
  });
  await once(site.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
  ];
  const browser = await chromium.launch({ executablePath, args });
  try {
    return await Promise.all(
      scripts.map(async (_, index) => {
        const page = await browser.newPage();
        const printed: string[] = [];
        page.on("console", (message) => printed.push(message.text()));
        page.on("pageerror", (error) => printed.push(`${error.stack}`));
        await page.goto(`${url}/${index}`);
        const ok = await page
          .waitForFunction("globalThis.done === true", undefined, { timeout: 60_000 })
          .then(
            () => true,
            () => false,
          );
        return { ok, output: printed.join("\n") };
      }),
    );
  } finally {
    await browser.close();
    site.close();
    site.closeAllConnections();
  }
}
