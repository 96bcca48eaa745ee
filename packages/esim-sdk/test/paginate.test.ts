import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EsimError, EsimUsageError, type Page, type PaginateOptions, paginate } from "../src/index.ts";

interface Row {
  readonly id: string;
}
const row = (n: number): Row => ({ id: `pkg_${n}` });
const rows = (length: number) => Array.from({ length }, (_, n) => row(n));

/** Serves a list, up to `limit` rows at a time; `change` may alter the list before every page except the first. */
function listServer(
  list: Row[],
  { limit = 1_000, total = true, change = (_: Row[], __: number) => {} } = {},
) {
  const asked: { count: number; offset: number }[] = [];
  const fetchPage = async (range: { count: number; offset: number }): Promise<Page<Row>> => {
    if (asked.length > 0) change(list, asked.length);
    asked.push(range);
    const packages = list.slice(range.offset, range.offset + Math.min(range.count, limit));
    return total ? { packages, total: list.length, offset: range.offset } : { packages };
  };
  return { fetchPage, asked };
}

async function collect(
  fetchPage: Parameters<typeof paginate<Row>>[0],
  options?: PaginateOptions,
): Promise<string[]> {
  const ids = [];
  for await (const { id } of paginate(fetchPage, options)) ids.push(id);
  return ids;
}

describe("a list that does not change", () => {
  test("is returned completely and in order, for any page size and server limit, with or without a total", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(70),
        fc.boolean(),
        async (length, pageSize, limit, offset, total) => {
          const { fetchPage } = listServer(rows(length), { limit, total });
          const expected = rows(length)
            .slice(offset)
            .map(({ id }) => id);
          expect(await collect(fetchPage, { pageSize, offset })).toEqual(expected);
        },
      ),
    );
  });

  test("takes one request when it fits on a page", async () => {
    const { fetchPage, asked } = listServer(rows(20));
    expect(await collect(fetchPage)).toHaveLength(20);
    expect(asked).toEqual([{ count: 100, offset: 0 }]);
  });

  test("is only fetched as far as it is read", async () => {
    const { fetchPage, asked } = listServer(rows(50));
    for await (const { id } of paginate(fetchPage, { pageSize: 10 })) if (id === "pkg_3") break;
    expect(asked).toHaveLength(1);
  });

  test("may have numeric IDs, and rows whose fields change", async () => {
    let used = 0;
    const fetchPage = async ({ offset, count }: { offset: number; count: number }) => ({
      packages: [1, 2, 3, 4, 5].map((id) => ({ id, used: used++ })).slice(offset, offset + count),
    });
    const seen = [];
    for await (const { id } of paginate(fetchPage, { pageSize: 3 })) seen.push(id);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  test("may have rows without an ID", async () => {
    const list = [{ sim: "1" }, { sim: "2" }, { sim: "3" }] as unknown as Row[];
    const seen = [];
    for await (const each of paginate(listServer(list).fetchPage, { pageSize: 2 })) seen.push(each);
    expect(seen).toEqual(list);
  });
});

test("in a list that changes, rows that stay are returned once and in order, and no row is returned twice", async () => {
  const edit = fc.record({
    page: fc.integer({ min: 1, max: 8 }),
    remove: fc.boolean(),
    at: fc.nat(60),
    many: fc.integer({ min: 1, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 2, max: 12 }),
      fc.boolean(),
      fc.array(edit, { maxLength: 8 }),
      async (length, pageSize, limit, total, edits) => {
        let next = length;
        const removed = new Set<string>();
        const { fetchPage } = listServer(rows(length), {
          limit,
          total,
          change: (list, page) => {
            for (const { remove, at, many } of edits.filter((each) => each.page === page)) {
              if (remove) for (const { id } of list.splice(at, many)) removed.add(id);
              else list.splice(at, 0, ...Array.from({ length: many }, () => row(next++)));
            }
          },
        });
        const seen = await collect(fetchPage, { pageSize });
        const throughout = rows(length)
          .map(({ id }) => id)
          .filter((id) => !removed.has(id));
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => throughout.includes(id))).toEqual(throughout);
      },
    ),
    { numRuns: 1_000 },
  );
});

describe("what the server says about the list", () => {
  test("is checked: a list that ends before its total is an error, not a short list", async () => {
    const fetchPage = async ({ offset }: { offset: number }) => ({
      packages: rows(5).slice(offset),
      total: 9,
      offset,
    });
    await expect(collect(fetchPage)).rejects.toThrow(new EsimError("the list ends after 5 of 9 rows"));
  });

  test("may be briefly out of date: rows and total that disagree are fetched again", async () => {
    let asked = 0;
    const fetchPage = async ({ offset }: { offset: number }) => ({
      packages: rows(5).slice(offset),
      total: ++asked > 2 ? 5 : 6,
      offset,
    });
    expect(await collect(fetchPage)).toHaveLength(5);
  });

  test("is not trusted: a server that ignores offset is an error", async () => {
    const fetchPage = async () => ({ packages: rows(5), total: 9, offset: 0 });
    await expect(collect(fetchPage)).rejects.toThrow(new EsimError("the server ignores offset 4"));
  });

  test("may be missing or null", async () => {
    expect(await collect(async () => ({ total: 0 }) as never)).toEqual([]);
    expect(await collect(async () => ({ packages: null, total: null, offset: null }))).toEqual([]);
    const withNull = async ({ offset }: { offset: number }) => ({
      packages: [null, row(1)].slice(offset) as Row[],
      total: null,
    });
    const seen = [];
    for await (const each of paginate(withNull)) seen.push(each);
    expect(seen).toEqual([null, row(1)]);
  });
});

describe("a server that does not page is an error, with or without a total", () => {
  const list = rows(250);
  const clamp = (offset: number, limit: number) => Math.min(offset, limit);
  test.each<[string, (range: { count: number; offset: number }) => Page<Row>]>([
    ["ignores offset", () => ({ packages: rows(2) })],
    ["ignores offset, with one row", () => ({ packages: rows(1) })],
    ["ignores offset, but echoes it", ({ offset }) => ({ packages: rows(100), total: 250, offset })],
    ["ignores offset and count", ({ offset }) => ({ packages: rows(7), total: 250, offset })],
    [
      "clamps offset to the last page",
      ({ count, offset }) => ({ packages: list.slice(clamp(offset, 150)).slice(0, count) }),
    ],
    [
      "clamps offset to the last page, with a single page",
      ({ count, offset }) => ({ packages: rows(5).slice(clamp(offset, 0)).slice(0, count) }),
    ],
    [
      "clamps offset to the first hundred",
      ({ count, offset }) => ({
        packages: list.slice(clamp(offset, 100)).slice(0, count),
        total: 250,
        offset,
      }),
    ],
    ["makes up rows", () => ({ packages: [{ id: `${Math.random()}` }, { id: `${Math.random()}` }] })],
    ["sends rows without IDs", () => ({ packages: [{}, {}] as Row[] })],
    ["sends no page", () => [] as never],
    ["sends something else", () => ({ message: "back in an hour" }) as never],
    ["sends rows that are not an array", () => ({ packages: { length: 3 } as never })],
  ])("%s", async (_, answer) => {
    let requests = 0;
    const seen = collect(async (range) => {
      if (++requests > 1_000) throw new Error("no end");
      return answer(range);
    });
    await expect(seen).rejects.toBeInstanceOf(EsimError);
  });
});

test.each<[string, (end: number, length: number) => unknown]>([
  ["less than what was returned", () => 1],
  ["0", () => 0],
  ["negative", () => -1],
  ["a string", () => ""],
  ["false", () => false],
  ["the page's length", (_, length) => length],
  ["less on the second page", (end) => (end > 100 ? 100 : 250)],
])("a total that is %s does not cut the list short", async (_, totalOf) => {
  const list = rows(250);
  const seen = await collect(async ({ count, offset }) => {
    const packages = list.slice(offset, offset + count);
    return { packages, offset, total: totalOf(offset + packages.length, packages.length) as number };
  });
  expect(seen).toHaveLength(250);
});

test("the rows can be in any field", async () => {
  const seen = [];
  const things = [{ id: 1 }, { id: 2 }];
  for await (const { id } of paginate(async () => ({ things, total: 2 }), { rows: "things" })) seen.push(id);
  expect(seen).toEqual([1, 2]);
});

test("identical rows without an ID are all returned", async () => {
  const { fetchPage } = listServer([null, null, null] as never);
  const seen = [];
  for await (const each of paginate(fetchPage)) seen.push(each);
  expect(seen).toEqual([null, null, null]);
});

test.each([{ pageSize: 0 }, { pageSize: 1.5 }, { offset: -1 }, { offset: Number.NaN }])(
  "rejects %j",
  async (options) => {
    await expect(collect(listServer(rows(3)).fetchPage, options)).rejects.toBeInstanceOf(EsimUsageError);
  },
);

test("an error of a page request rejects the iterator", async () => {
  const fetchPage = async ({ offset }: { offset: number }) => {
    if (offset > 0) throw new Error("no second page");
    return { packages: rows(3), total: 9 };
  };
  await expect(collect(fetchPage)).rejects.toThrow("no second page");
});
