import { readFile } from "node:fs/promises";
import type { Answer } from "../pipeline.ts";

/** The page that a person keeps open beside their own work. It is read anew each time, and needs nothing but this mock. */
export async function serveUi(): Promise<Answer> {
  const page = await readFile(new URL("./page.html", import.meta.url), "utf8");
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: page, notes: [] };
}
