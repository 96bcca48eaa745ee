/** Writes docs/messages.md. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { messagesPage } from "./page.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
mkdirSync(`${root}/docs`, { recursive: true });
writeFileSync(`${root}/docs/messages.md`, messagesPage(root));
