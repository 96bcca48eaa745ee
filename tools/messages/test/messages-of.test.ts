import { expect, test } from "vitest";
import { messagesOf } from "../src/messages-of.ts";

test("finds errors, hints and help, also of a class and a helper that nobody has heard of", () => {
  const source = `
    import { something } from "two words here";
    throw new BrandNewError(\`no package \${id} for this SIM\`, { hint: "look at the list first" });
    program.option("--sim <iccid>", "the SIM to look at");
    const complain = () => \`it broke after \${seconds} s of waiting\`;
  `;
  expect(messagesOf(source)).toEqual([
    { text: "no package {id} for this SIM", use: "BrandNewError" },
    { text: "look at the list first", use: "hint" },
    { text: "the SIM to look at", use: "option" },
    { text: "it broke after {seconds} s of waiting", use: "complain" },
  ]);
});

test("leaves out what nobody reads as a sentence", () => {
  const source = `
    db.prepare("SELECT id FROM packages WHERE sim = ?");
    const html = "<p>some words in markup</p>";
    type Kind = "one of these" | "another of these";
    const header = "content-type"; const single = "word"; const name = "/packages/{id}";
  `;
  expect(messagesOf(source)).toEqual([]);
});
