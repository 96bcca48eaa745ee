import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packageDetails, packageRow } from "../src/commands/packages/format.ts";
import { formatDuration, parseDuration } from "../src/format/duration.ts";
import { columnWidths, fit, narrow, table } from "../src/format/table.ts";
import { bytes, date, plain, status } from "../src/format/values.ts";

describe("durations", () => {
  const units = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

  test("are a number and a unit", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])),
        (many, unit) => {
          expect(parseDuration(`${many}${unit}`)).toBe(many * units[unit]);
        },
      ),
    );
  });

  test("are nothing else, and never a number that is not safe", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seconds = parseDuration(text);
        if (/^\s*\d+[smhdw]?\s*$/.test(text)) return;
        expect(seconds).toBeUndefined();
      }),
    );
    expect(parseDuration("99999999999999999w")).toBeUndefined();
    expect(parseDuration("-1")).toBeUndefined();
    expect(parseDuration("1.5h")).toBeUndefined();
  });

  test("of one unit come back as they were given", () => {
    expect([604_800, 43_200, 90, 129_600, 0].map(formatDuration)).toEqual([
      "7 d",
      "12 h",
      "1 min 30 s",
      "1 d 12 h",
      "0 s",
    ]);
  });
});

test("bytes are told in the largest unit that fits; 1 GB is 2^30", () => {
  expect([0, 1, 1023, 1024, 3_758_096_384, 5 * 2 ** 30, 2 ** 53, undefined, "many"].map(bytes)).toEqual([
    "0 B",
    "1 B",
    "1023 B",
    "1 KB",
    "3.5 GB",
    "5 GB",
    "8192 TB",
    "–",
    "many",
  ]);
});

test("dates are understood in milliseconds and in seconds, and 0 is not yet", () => {
  expect(date(1_761_330_317_000)).toBe(date(1_761_330_317));
  expect(date(1_761_330_317_000)).toMatch(/^2025-10-2\d \d\d:\d\d$/);
  expect([0, undefined, null, "soon", 1e300].map(date)).toEqual(["–", "–", "–", "soon", "1e+300"]);
});

test("nothing that the server sends drives the terminal", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      let text: string;
      try {
        text = plain(value);
      } catch (error) {
        // What JSON cannot hold does not come from a server.
        expect(error).toBeInstanceOf(TypeError);
        return;
      }
      expect(text).not.toMatch(/\p{Cc}/u);
    }),
  );
  expect(plain("\u001b[31mred\u001b[0m\nnext\u0007")).toBe("red next");
  expect(status("\u001b]0;title\u0007ACTIVE", true)).not.toContain("\u0007");
});

test("states are coloured on request only, and an unknown one is shown", () => {
  expect(status("ACTIVE", true)).toBe("\u001b[32mACTIVE\u001b[39m");
  expect(status("ACTIVE", false)).toBe("ACTIVE");
  for (const unknown of ["PAUSED", "constructor", "__proto__"]) expect(status(unknown, true)).toBe(unknown);
});

test("columns line up whatever the colour", () => {
  const rows = [
    ["ID", "STATUS", "X"],
    ["pkg_1", status("ACTIVE", true), "1"],
    ["pkg_22", status("NOT_ACTIVE", true), "2"],
  ];
  expect(columnWidths(rows)).toEqual([6, 10, 1]);
  expect(table(rows).split("\n")[0]).toBe("ID      STATUS      X");
});

test("a table fits the terminal as long as one column can give way", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.string(), fc.string()), { minLength: 1 }),
      fc.nat(120),
      (rows, terminal) => {
        const clean = rows.map((row) => row.map(plain));
        const natural = columnWidths(clean);
        const widths = narrow(natural, 1, terminal);
        const lines = table(
          clean.map((row) => fit(row, widths, 1, terminal)),
          widths,
        ).split("\n");
        const rigid = (natural[0] ?? 0) + (natural[2] ?? 0) + 4;
        for (const line of lines)
          expect([...line].length).toBeLessThanOrEqual(
            Math.max(terminal, rigid + Math.min(8, natural[1] ?? 0)),
          );
        if (terminal >= rigid + (natural[1] ?? 0)) expect(widths).toEqual(natural);
      },
    ),
  );
  const row = ["pkg_1", "Europe 5 GB 7 days", "x"];
  expect(fit(row, narrow(columnWidths([row]), 1, 20), 1, 20)).toEqual(["pkg_1", "Europe 5 …", "x"]);
});

test("any package can be shown, however little of it comes", () => {
  const json = fc.jsonValue().map((value) => value as unknown);
  const fields = [
    "id",
    "sim",
    "status",
    "package_template",
    "data_usage_remaining",
    "expiry_date",
    "time_allowance",
    "new",
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), json), fc.boolean(), (row, coloured) => {
      expect(packageRow(row, coloured)).toHaveLength(6);
      expect(packageDetails(row, coloured)).toHaveLength(Object.keys(row).length);
    }),
  );
  expect(
    packageDetails(JSON.parse('{ "constructor": 1, "__proto__": 2, "time_allowance": -5 }'), false),
  ).toEqual([
    ["Lasts", "-5"],
    ["constructor", "1"],
    ["__proto__", "2"],
  ]);
  expect(packageRow({ id: "pkg_1", package_template: 21145354 }, false)).toEqual([
    "pkg_1",
    "–",
    "–",
    "21145354",
    "–",
    "–",
  ]);
});
