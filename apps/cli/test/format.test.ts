import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { COLUMNS, type ColumnName, DEFAULT_COLUMNS, NARROWING } from "../src/commands/packages/columns.ts";
import { packageDetails } from "../src/commands/packages/details.ts";
import { cellIn, layOut, tableLines } from "../src/format/columns.ts";
import { csvRow } from "../src/format/csv.ts";
import { formatDuration, parseDuration } from "../src/format/duration.ts";
import { sorted } from "../src/format/sort.ts";
import { columnWidths, table } from "../src/format/table.ts";
import { plain, shellWord, shorten, width } from "../src/format/text.ts";
import { relative, time } from "../src/format/time.ts";
import { bytes, colour, percent } from "../src/format/values.ts";
import type { CellStyle } from "../src/listing/cells.ts";
import { json } from "../src/output.ts";

const NOW = 1_761_330_317_000;
const STYLE: CellStyle = { isColoured: false, times: "relative", now: NOW };

describe("durations", () => {
  const units = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

  test("are parsed from a number and a unit", () => {
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

  test("reject everything else, and unsafe integers", () => {
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

  test("of one unit survive a round trip", () => {
    expect([604_800, 43_200, 90, 129_600, 0].map((seconds) => formatDuration(seconds))).toEqual([
      "7 d",
      "12 h",
      "1 min 30 s",
      "1 d 12 h",
      "0 s",
    ]);
  });
});

test("bytes are formatted in the largest unit that fits; 1 GB is 2^30", () => {
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

test("a share is a whole percentage, and never 0 for more than nothing", () => {
  expect([percent(14, 100), percent(1, 3), percent(1, 10_000), percent(0, 5), percent(5, 0)]).toEqual([
    "14 %",
    "33 %",
    "less than 1 %",
    "0 %",
    undefined,
  ]);
});

describe("times", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("are read in milliseconds and in seconds; 0 means not yet", () => {
    expect(time(NOW, "utc")).toBe("2025-10-24T18:25:17Z");
    expect(time(NOW / 1000, "utc")).toBe("2025-10-24T18:25:17Z");
    for (const text of [`${NOW}`, new Date(NOW).toISOString(), "2025-10-24T20:25:17+02:00"])
      expect(time(text, "utc")).toBe("2025-10-24T18:25:17Z");
    expect([0, undefined, null, "soon", 1e300].map((value) => time(value, "utc"))).toEqual([
      "–",
      "–",
      "–",
      "soon",
      "1e+300",
    ]);
  });

  test.each([
    ["Europe/Berlin", "2025-10-24T20:25:17+02:00"],
    ["America/St_Johns", "2025-10-24T15:55:17-02:30"],
    ["Asia/Kathmandu", "2025-10-25T00:10:17+05:45"],
  ])("in %s have an offset from UTC", (zone, written) => {
    vi.stubEnv("TZ", zone);
    expect(time(NOW, "local")).toBe(written);
  });

  test("relative times have one unit", () => {
    const ago = [0, 59, 3_600, 86_400, 172_800, -34_200, -604_800];
    expect(ago.map((seconds) => relative(NOW - seconds * 1000, NOW))).toEqual([
      "now",
      "59 s ago",
      "1 h ago",
      "24 h ago",
      "2 d ago",
      "in 9 h",
      "in 7 d",
    ]);
  });
});

test("nothing that the server sends can control the terminal", () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string({ unit: "binary" })), (value) => {
      let text: string;
      try {
        text = plain(value);
      } catch (error) {
        // A server can only send what JSON can represent.
        expect(error).toBeInstanceOf(TypeError);
        return;
      }
      expect(text).not.toMatch(/(?![\u200c\u200d])\p{C}/u);
      expect(text).not.toMatch(/[\u2028\u2029]/);
    }),
  );
  expect(plain("\u001b[31mred\u001b[0m\nnext\u0007")).toBe("\\u{1b}[31mred\\u{1b}[0m next\\u{7}");
  expect(plain("gnp\u202eexe.doc")).toBe("gnp\\u{202e}exe.doc");
});

test("JSON contains no terminal controls, and keeps its value", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const written = json({ text });
      expect(written.replaceAll("\n", "")).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ text })));
    }),
  );
  expect(json({ name: "日本 5 GB" }, 0)).toBe('{"name":"日本 5 GB"}');
});

test("width and shorten count terminal columns", () => {
  expect(["Europe", "日本", "👩‍👩‍👧", "🇩🇪", "e\u0301", "…", "ｶﾞ"].map(width)).toEqual([6, 4, 2, 2, 1, 1, 2]);
  expect(shorten("Europe 5 GB 30 days", 12)).toBe("Europe…days");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, most) => {
      const clean = plain(text);
      expect(width(shorten(clean, most))).toBeLessThanOrEqual(most);
      if (width(clean) <= most) expect(shorten(clean, most)).toBe(clean);
    }),
  );
});

test("shellWord returns a word that a shell reads unchanged, or undefined", () => {
  expect(["pkg_1", "a b", "it's", "$(x)", "-rf", "é", "a\nb"].map(shellWord)).toEqual([
    "pkg_1",
    "'a b'",
    `'it'\\''s'`,
    "'$(x)'",
    undefined,
    undefined,
    undefined,
  ]);
});

test("columns line up with and without colour", () => {
  const rows = [
    ["ID", "STATUS", "X"],
    ["pkg_1", colour("ACTIVE", "green", true), "1"],
    ["pkg_22", colour("NOT_ACTIVE", "yellow", true), "2"],
  ];
  expect(columnWidths(rows)).toEqual([6, 10, 1]);
  expect(table(rows).split("\n")[0]).toBe("ID      STATUS      X");
});

const text = fc.string({ unit: "grapheme", maxLength: 60 });
const rows = fc.array(
  fc.record({
    id: fc.oneof(
      fc.nat(1e9).map((n) => `pkg_${n}`),
      fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 64 })).map(([n, length]) => `${n}`.padEnd(length, "x")),
    ),
    sim: fc.constantFrom("8910300000045681955", "89103000000456819551"),
    status: fc.constantFrom("ACTIVE", "NOT_ACTIVE", "SUSPENDED", "TERMINATED"),
    package_template: fc.oneof(fc.record({ id: fc.nat(99_999_999), name: text }), fc.nat(99_999_999), text),
    data_usage_remaining: fc.nat({ max: 2 ** 40 }),
    expiry_date: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
  }),
  { minLength: 1, maxLength: 20 },
);

test("a list fits terminals of 40 or more columns, except for longer IDs, which are never cut", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 40, max: 200 }), (list, room) => {
      const cells = new Map(
        DEFAULT_COLUMNS.map((name) => [
          name as string,
          [COLUMNS[name].heading, ...list.map((row) => COLUMNS[name].cell(row, STYLE))],
        ]),
      );
      const shorten = (name: string, at: number, most: number) =>
        at === 0 ? "" : cellIn(COLUMNS[name as ColumnName], list[at - 1] ?? {}, most, STYLE);
      const layout = layOut(cells, NARROWING, room, shorten);
      const lines = tableLines(list, COLUMNS, layout, STYLE).split("\n");
      expect(lines).toHaveLength(list.length);
      for (const [at, line] of lines.entries()) {
        expect(width(line)).toBeLessThanOrEqual(Math.max(room, width(list[at]?.id ?? "")));
        expect(line).toContain(list[at]?.id);
      }
      const natural = [...cells.values()].reduce(
        (sum, column) => sum + Math.max(...column.map(width)) + 2,
        -2,
      );
      if (natural <= room) expect(layout.names).toEqual(DEFAULT_COLUMNS);
    }),
  );
});

test("templates with the same name are distinguishable where the name does not fit", () => {
  const row = (id: number, days: number) => ({ package_template: { id, name: `Europe 5 GB ${days} days` } });
  const short = (room: number) =>
    [row(21145354, 7), row(21145356, 30)].map((each) => COLUMNS.template.short(each, room));
  expect(short(19)).toEqual(["Europe 5 GB 7 days", "Europe 5 GB 30 days"]);
  expect(new Set(short(16)).size).toBe(2);
  expect(short(8)).toEqual(["21145354", "21145356"]);
});

test("later rows keep the columns of earlier ones, at least as wide", () => {
  const cells = (id: string, sim: string) =>
    new Map([
      ["id", [id]],
      ["sim", [sim]],
    ]);
  const before = layOut(cells("pkg_1", "89"), NARROWING, 80, () => "");
  const after = layOut(cells("pkg_1000", "8"), NARROWING, 80, () => "", before);
  expect(after).toEqual({ names: ["id", "sim"], widths: [8, 2] });
});

test("CSV survives a round trip", () => {
  const columns = [COLUMNS.id, COLUMNS.status];
  expect(csvRow({ id: 'a "b", c', status: undefined }, columns, STYLE)).toBe('"a ""b"", c",');
  expect(csvRow({ expiry_date: NOW }, [COLUMNS.expires], { ...STYLE, times: "utc" })).toBe(
    "2025-10-24T18:25:17Z",
  );
  expect(csvRow({ data_usage_remaining: 0 }, [COLUMNS.data], STYLE)).toBe("0");
});

test("CSV contains no formulas, and leaves other text unchanged", () => {
  const cell = (name: ColumnName, row: object) => csvRow({ ...row }, [COLUMNS[name]], STYLE);
  expect(cell("id", { id: '=HYPERLINK("http://x","y")' })).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
  expect(["+1", "-1", "@a", "\t=1", " =1", "＝1", "'=1", "a=1", "–"].map((id) => cell("id", { id }))).toEqual(
    ["'+1", "'-1", "'@a", "'=1", "'=1", "'＝1", "'=1", "a=1", ""],
  );
  expect(cell("expires", { expiry_date: "=1" })).toBe("'=1");
  expect(cell("template", { package_template: { id: 1, name: "=1" } })).toBe("'=1");
  expect(cell("data", { data_usage_remaining: -5 })).toBe("-5");
  expect(cell("lasts", { time_allowance: -1.5 })).toBe("-1.5");
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .tuple(
        fc.constantFrom("", " ", "\t", "\r", "\n", "\u0000"),
        fc.constantFrom(..."=+-@＝＋－＠"),
        fc.string(),
      )
      .map((each) => each.join("")),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...(Object.keys(COLUMNS) as ColumnName[])), (text, name) => {
      const row = {
        ...Object.fromEntries(
          ["id", "sim", "status", "data_usage_remaining", "voice_usage_remaining", "sms_usage_remaining"].map(
            (field) => [field, text],
          ),
        ),
        package_template: { id: text, name: text, data_usage_allowance: text },
        time_allowance: text,
        expiry_date: text,
        created_date: text,
        activated_date: text,
        terminated_date: text,
        window_activation_start: text,
        window_activation_end: text,
      };
      expect(cell(name, row)).not.toMatch(/^"?\s*[=+\-@＝＋－＠]/);
    }),
  );
});

test("rows are sorted by number or text, and those without a value come last in both directions", () => {
  const list = [{ n: 10 }, {}, { n: 9 }, { n: null }, { n: 100 }] as { n?: number | null }[];
  const order = (isDescending: boolean) =>
    sorted(list, ({ n }) => n, isDescending).map(({ n }) => n ?? undefined);
  expect(order(false)).toEqual([9, 10, 100, undefined, undefined]);
  expect(order(true)).toEqual([100, 10, 9, undefined, undefined]);
});

test("a package can be shown with any of its fields missing", () => {
  const value = fc.jsonValue().map((each) => each as unknown);
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
    fc.property(fc.dictionary(fc.constantFrom(...fields), value), fc.boolean(), (row, isColoured) => {
      const style = { ...STYLE, isColoured };
      for (const column of Object.values(COLUMNS)) expect(column.cell(row, style)).toBeTypeOf("string");
      expect(packageDetails(row, style)).toHaveLength(Object.keys(row).length);
    }),
  );
  expect(
    packageDetails(JSON.parse('{ "constructor": 1, "__proto__": 2, "time_allowance": -5 }'), STYLE),
  ).toEqual([
    ["Lasts", "-5"],
    ["constructor", "1"],
    ["__proto__", "2"],
  ]);
  for (const unknown of ["PAUSED", "constructor", "__proto__"])
    expect(COLUMNS.status.cell({ status: unknown }, { ...STYLE, isColoured: true })).toBe(unknown);
  expect(COLUMNS.template.cell({ package_template: 21145354 })).toBe("21145354");
});
