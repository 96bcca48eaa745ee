import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ALLOWED } from "../src/allowed.ts";
import { check } from "../src/check.ts";
import { findWords } from "../src/find.ts";
import { readTree } from "../src/read-tree.ts";
import { WORDS } from "../src/words.ts";

const found = (text: string) => findWords("a.ts", text, WORDS).map(({ line, word }) => `${line} ${word}`);

test.each(WORDS.flatMap(({ forms }) => forms))("%s is found, and what to use instead is printed", (form) => {
  const { use } = WORDS.find(({ forms }) => forms.includes(form)) ?? {};
  expect(check([["docs/a.md", `First line.\nHere ${form} is.`]], WORDS, [])).toEqual([
    `docs/a.md:2: "${form}": use ${use}`,
  ]);
});

test("a word is found at the start of a sentence, in a name and in a constant", () => {
  expect(found("Told so.\nconst isTold = 1;\nconst NOT_TOLD = rememberExamples();\nHTTPTold")).toEqual([
    "1 Told",
    "2 Told",
    "3 TOLD",
    "3 remember",
    "4 Told",
  ]);
});

test("a phrase is found across the lines of a comment", () => {
  expect(found("/**\n * This is beyond\n * doubt, and\n// beyond any\n// doubt")).toEqual([
    "2 beyond doubt",
    "4 beyond any doubt",
  ]);
});

test("other words that contain one are not found", () => {
  expect(found("intellij, recommend, indeed, retell, quickly, estranged, thread, heedless, Bartold")).toEqual(
    [],
  );
});

test("an allowed word passes, where it is allowed and nowhere else", () => {
  const allowed = [
    { path: "vendor/**", reason: "somebody else's text" },
    { path: "a.md", word: "quick", reason: "a name" },
  ];
  const files = [
    ["vendor/deep/a.txt", "They told us."],
    ["a.md", "Quick.\nThey told us."],
    ["b.md", "Quick."],
  ] as const;
  expect(check(files, WORDS, allowed)).toEqual([
    expect.stringMatching(/^a\.md:2: "told": use report/),
    expect.stringMatching(/^b\.md:1: "Quick": use fast/),
  ]);
});

test("an entry that is no longer needed is a problem", () => {
  const allowed = [
    { path: "a.md", word: "quick", reason: "a name" },
    { path: "gone/**", reason: "somebody else's text" },
  ];
  expect(check([["a.md", "Nothing here."]], WORDS, allowed)).toEqual([
    'tools/words/src/allowed.ts: remove the entry for a.md: "quick" does not occur there',
    "tools/words/src/allowed.ts: remove the entry for gone/**: no word to avoid occurs there",
  ]);
});

test("every entry says why", () => {
  for (const { path, reason } of ALLOWED) expect(reason.length, path).toBeGreaterThan(10);
});

/** A git repository with these files, where none of them is committed yet. */
function repository(files: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), "esim-words-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

test("tracked and new files are read; ignored, deleted and binary ones, and links, are not", () => {
  const root = repository({
    ".gitignore": "ignored.txt\n",
    "tracked.md": "one",
    "deleted.md": "two",
    "new/ü.md": "three",
    "ignored.txt": "told",
    "image.png": Buffer.from([0, 1, 2]),
  });
  execFileSync("git", ["add", "tracked.md", "deleted.md"], { cwd: root });
  rmSync(join(root, "deleted.md"));
  symlinkSync("tracked.md", join(root, "link.md"));
  expect(Object.fromEntries(readTree(root))).toEqual({
    ".gitignore": "ignored.txt\n",
    "tracked.md": "one",
    "new/ü.md": "three",
  });
});

test("the program prints each problem and fails, and passes once they are fixed", () => {
  const root = repository({ "README.md": "It tells you.\n" });
  cpSync(fileURLToPath(new URL("../src", import.meta.url)), join(root, "tools/words/src"), {
    recursive: true,
  });
  writeFileSync(
    join(root, "tools/words/src/allowed.ts"),
    'export const ALLOWED = [{ path: "tools/words/src/words.ts", reason: "the list" }];',
  );
  const run = () =>
    spawnSync(process.execPath, [join(root, "tools/words/src/main.ts")], { encoding: "utf8" });
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain('README.md:1: "tells": use report, print');
  writeFileSync(join(root, "README.md"), "It says so.\n");
  expect(run()).toMatchObject({ status: 0, stderr: "" });
});
