import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./languages.ts";

/** The file that a sale writes. */
export const QR_CODE = "qr-code.png";

/** The sections that every README has. */
const TASKS = [
  "Create a package",
  "List packages, page by page",
  "See what is left of one",
  "Activate and terminate",
  "Handle an error",
];

/** Joins the code of a README's sections to one program, with the lines that it should print according to the README. */
export function readmeProgram(
  { folder, fence, more }: Language,
  server: string,
  tasks: readonly string[] = [...TASKS, ...more],
): { code: string; printed: string[] } {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const blocks = [readme, ...tasks.map((task) => section(readme, task))];
  const code = blocks.map((each) => firstBlock(each, fence)).join("\n");
  const printing = /^\s*(?:console\.log|print|fmt\.Println|System\.out\.println)\(.*\);? +(?:#|\/\/) (.+)$/gm;
  return {
    code: code.replaceAll("http://127.0.0.1:4010", server),
    printed: [...code.matchAll(printing)].map(([, text = ""]) => text),
  };
}

function section(readme: string, title: string): string {
  const [, text] = readme.split(`## ${title}\n`);
  if (text === undefined) throw new Error(`There is no section "${title}".`);
  return text;
}

function firstBlock(markdown: string, fence: string): string {
  const [, code] = new RegExp(`^\`\`\`${fence}\n(.*?)^\`\`\``, "ms").exec(markdown) ?? [];
  if (code === undefined) throw new Error(`There is no block of ${fence}.`);
  return code;
}
