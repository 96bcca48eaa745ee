/** Writes docs/messages.md: every message of the published packages, to be read in one go. */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { messagesOf } from "./messages-of.ts";

const root = resolve(import.meta.dirname, "../../..");
const PACKAGES = ["packages/esim-sdk", "packages/esim-mock", "apps/cli"];

const sections = PACKAGES.map((folder) => {
  const files = globSync("src/**/*.ts", { cwd: join(root, folder) })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.includes("/generated/"))
    .sort();
  const rows = files.flatMap((file) =>
    messagesOf(readFileSync(join(root, folder, file), "utf8"), file).map(({ text, use }) => {
      const cells = [text, use].map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ⏎ "));
      return `| ${cells[0]} | \`${cells[1]}\` | [${file.slice("src/".length)}](../${folder}/${file}) |`;
    }),
  );
  return `## ${folder}\n\n| text | in | file |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
});

writeFileSync(
  join(root, "docs/messages.md"),
  `# Every message

Errors, hints, help and output of the client, the mock and the command line, as they are in the sources; \`{…}\` is filled in at run time. \`pnpm generate\` writes
this page.

${sections.join("\n")}`,
);
