import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { collect } from "../src/collect.ts";
import { errorMakers } from "../src/errors.ts";
import { messagesPage } from "../src/page.ts";
import { PACKAGES, parse, readSources } from "../src/source.ts";

/** The messages of a made-up source, by kind. */
function messagesIn(text: string, path = "src/made-up.ts"): Record<string, string[]> {
  const sources = [parse(path, text)];
  const messages = collect(sources, errorMakers(sources).names);
  return Object.fromEntries(
    Object.entries(Object.groupBy(messages, ({ kind }) => kind)).map(([kind, found]) => [
      kind,
      found.map((each) => each.text),
    ]),
  );
}

describe("an error's text is found", () => {
  test.each([
    ["in a class of JavaScript's", 'throw new TypeError("not a number");', "not a number"],
    ["of a class that extends another", 'class A extends B {}\nclass B extends Error {}\nnew A("it broke")'],
    ["behind a status", 'class Refusal extends Error {}\nnew Refusal(404, "it broke")'],
    ["in one word", 'throw new Error("broken");', "broken"],
    [
      "of a function that makes the error",
      'const fail = (why: string) => new Error(why);\nfail("it broke");',
    ],
    [
      "of a method that does",
      'class A { #fail(why: string) { throw new Error("no: " + why); } b() { this.#fail("it broke"); } }',
    ],
    ["as a field", 'const body = { message: "it broke", statusCode: 500 };'],
    ["across lines", 'throw new Error(\n  "it " +\n    "broke",\n);'],
  ])("%s", (_, source, text = "it broke") => {
    expect(messagesIn(source).Errors).toContain(text);
  });
});

/** A template with something filled in. */
const filled = (code: string) => `\`no \${${code}} here\``;

test.each([
  ["a name", filled("name"), "no {name} here"],
  ["a property", filled("this.options.name"), "no {name} here"],
  ["a call", filled("JSON.stringify(name)"), "no {name} here"],
  ["a method of a value", filled('names.join(", ")'), "no {names} here"],
  ["a choice", filled('many ? "SIMs" : "SIM"'), "no {SIMs | SIM} here"],
  ["a sum", '"no " + name + " here"', "no {name} here"],
])("%s that is filled in shows by its name", (_, source, text) => {
  expect(messagesIn(`throw new Error(${source});`)).toEqual({ Errors: [text] });
});

test("help is found: of commands, flags with their descriptions, arguments and examples", () => {
  const source = `
    command("get", { description: "show a package", examples: ["esim packages get ID"] })
      .argument("<id>", "the package")
      .option("--json", "print JSON")
      .addOption(new Option("--columns <names>", "what to show"));
    const HELP = \`See the README.\`;`;
  expect(messagesIn(source).Help?.toSorted()).toEqual([
    "--columns <names>: what to show",
    "--json: print JSON",
    "<id>: the package",
    "See the README.",
    "esim packages get ID",
    "show a package",
  ]);
});

test("hints, doctor's lines, output, and every other text have tables of their own", () => {
  const source =
    'throw new CliError("no keys", { hint: "run esim login" }); log("all done"); f("some text");';
  expect(messagesIn(`class CliError extends Error {}\n${source}`)).toEqual({
    Errors: ["no keys"],
    Hints: ["run esim login"],
    Output: ["all done"],
    "Other texts": ["some text"],
  });
  const check = 'const check = () => ({ found: "not set", fix: "set it first" });';
  expect(messagesIn(check, "src/commands/doctor/a.ts")).toEqual({ Doctor: ["not set", "set it first"] });
});

test("what is for a machine is not listed", () => {
  const source = `
    import a from "some module";
    type A = "one type";
    if (a === "a comparison") sql("SELECT id FROM package WHERE id = :id");
    send("application/json; charset=utf-8", "x-api-key, x-user-id", "<p>some text", "single");`;
  expect(messagesIn(source)).toEqual({});
});

describe("in this repository", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const page = messagesPage(root);

  test.each(PACKAGES)("every error class of $name is on the page", (each) => {
    // Not from the syntax tree, so that what it overlooks is noticed here.
    const classes = readSources(root, each).flatMap(({ fileName }) =>
      [...readFileSync(`${root}/${fileName}`, "utf8").matchAll(/class (\w+) extends (\w*Error)\b/g)].map(
        ([, name]) => name,
      ),
    );
    expect(classes.length).toBeGreaterThan(1);
    for (const name of classes) expect(page, name).toContain(`| \`${name}\` |`);
  });

  test.each(PACKAGES)("every string that $name gives to an error class is on the page", (each) => {
    const plain = readSources(root, each).flatMap(({ fileName }) =>
      [
        ...readFileSync(`${root}/${fileName}`, "utf8").matchAll(
          /new \w+(?:Error|Refusal)\(\s*"([\w ,;-]+ [\w ,;-]+)"/g,
        ),
      ].map(([, text = ""]) => text),
    );
    for (const text of plain) expect(page).toContain(`| ${text.trim()} |`);
  });

  test.each(PACKAGES)("$name has errors on the page, each with a link to a file", ({ name }) => {
    const [, section = ""] = page.split(`\n## ${name}\n`);
    const [, errors = ""] = (section.split("\n## ")[0] ?? "").split("### Errors\n");
    const rows = (errors.split("\n### ")[0] ?? "").trim().split("\n").slice(2);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row).toMatch(/^\| .+ \| \[[\w/.-]+\.ts\]\(\.\.\/[\w/.-]+\.ts\) \|$/);
  });
});
