import { describe, expect, onTestFinished, test, vi } from "vitest";
import { visible } from "../src/http/visible.ts";
import { keys, mockForTest } from "./mock-for-test.ts";
import { before, json } from "./service-for-test.ts";

/** A clear-screen sequence, a forged line, a right-to-left override, a zero-width space, a line separator. */
const HOSTILE = "\u001b[2J\r\nGET /packages → 200\u202e\u200b\u2028";

/** What a terminal interprets or does not show. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

test.each([
  ["a\u001b[31mb", "a\\u{1b}[31mb"],
  ["a\nb\tc\u007f\u009b", "a\\u{a}b\\u{9}c\\u{7f}\\u{9b}"],
  ["\u202eabc\u2066\ufeff\u200d", "\\u{202e}abc\\u{2066}\\u{feff}\\u{200d}"],
  ["\u2028\u2029", "\\u{2028}\\u{2029}"],
  ["\udc00 \ud83d\ude00", "\\u{dc00} 😀"],
  ["\u{e0041}", "\\u{e0041}"],
  ["Ünïcödé, 日本語, 中文", "Ünïcödé, 日本語, 中文"],
])("%j becomes %s", (text, expected) => {
  expect(visible(text)).toBe(expected);
  expect(visible(expected)).toBe(expected);
});

describe("foreign input is shown on one line", () => {
  function log(): string[] {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stderr, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    return lines;
  }

  test("names and values of a service, in the log, the report, the header and the list of requests", async () => {
    const lines = log();
    const { upstream } = await before(json(JSON.stringify({ [HOSTILE]: HOSTILE, status: HOSTILE })));
    const mock = await mockForTest({ upstream: upstream.url, logLevel: "debug" });
    const response = await fetch(`${mock.url}/packages/pkg_1`, { headers: keys });
    const { drift } = await mock.drift();
    const fields = drift.map(({ field, example }) => [field, example.value]);
    expect(fields).toContainEqual([`body.${visible(HOSTILE)}`, visible(HOSTILE)]);
    const [{ notes } = { notes: [] }] = await mock.requests();
    const texts = [
      ...fields.flat().map(String),
      ...notes,
      response.headers.get("x-contract-violations") ?? "",
    ];
    expect(texts.filter((text) => INVISIBLE.test(text))).toEqual([]);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => !line.endsWith("\n") || INVISIBLE.test(line.slice(0, -1)))).toEqual([]);
  });

  test("a preference, in the log and the list of requests", async () => {
    const lines = log();
    const mock = await mockForTest({ logLevel: "debug" });
    await fetch(`${mock.url}/packages?__example=${encodeURIComponent(HOSTILE)}`, { headers: keys });
    expect(lines.join("")).toContain("\\u{1b}[2J\\u{d}\\u{a}GET");
    expect(lines.filter((line) => INVISIBLE.test(line.slice(0, -1)))).toEqual([]);
    const [{ notes } = { notes: [] }] = await mock.requests();
    expect(notes.filter((note) => INVISIBLE.test(note))).toEqual([]);
  });
});
