import {
  type HostileServer,
  KEYS,
  oddNumber,
  oddText,
  oddValue,
  startHostileServer,
} from "@betatelltd/esim-testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPackageOnce } from "../src/create-package-once.ts";
import { Configuration, createEsimClient, EsimError, PackagesApi, paginate } from "../src/index.ts";

const request = { sim: "8910300000045681955", package_template: 21145354 };
const oddPrimitive = fc.oneof(oddText, oddNumber, fc.constantFrom(true, null, undefined));
const positive = oddNumber.filter((number) => number >= 0);
const empty = JSON.stringify({ total: 0, count: 0, offset: 0, packages: [] });

let server: HostileServer;
let api: PackagesApi;
beforeAll(async () => {
  server = await startHostileServer((response, { method, url = "" }) => {
    if (/\/(activate|terminate)$/.test(url)) response.writeHead(204).end();
    else response.writeHead(method === "POST" ? 201 : 200).end(empty);
  });
  const baseOptions = { maxRetries: 0 };
  api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, baseOptions }));
});
afterAll(() => server.close());

/** Makes a call that must succeed or fail with an error of the SDK, and returns the requests that the server received. */
async function asked(call: () => unknown) {
  server.requests.length = 0;
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(EsimError);
  }
  return server.requests.map(({ method, url, body }) => ({ method, url, body }));
}

/** A value as it appears in a URL; `undefined` for anything but a single value. */
const plain = (value: unknown) =>
  ["string", "number", "boolean", "bigint"].includes(typeof value) ? String(value) : undefined;
const isSendable = (text: string) => text.isWellFormed() && text.length < 9_000;

describe.each([
  ["getPackage", "GET", ""],
  ["activatePackage", "POST", "/activate"],
  ["terminatePackage", "POST", "/terminate"],
] as const)("%s", (operation, method, action) => {
  test("requests exactly the given package, or nothing", async () => {
    await fc.assert(
      fc.asyncProperty(oddPrimitive, async (id) => {
        const text = plain(id);
        const requests = await asked(() => api[operation](id as string));
        if (text === undefined) {
          const shape = new RegExp(`^/packages/[^/]+${action}$`);
          for (const { url } of requests) expect(new URL(url, server.url).pathname).toMatch(shape);
          return;
        }
        // These would be another path.
        const url = `/packages/${isSendable(text) && encodeURIComponent(text)}${action}`;
        const sent = isSendable(text) && !/^\.{0,2}$/.test(text);
        expect(requests).toEqual(sent ? [{ method, url, body: "" }] : []);
      }),
      { numRuns: 300 },
    );
  });
});

test("getPackages filters by exactly the given values", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oddPrimitive, { maxLength: 6 }), async (given) => {
      const names = ["count", "offset", "inventory", "package_template", "sim", "status"];
      const requests = await asked(() => api.getPackages(...(given as [])));
      const expected = given.flatMap((value, at) =>
        value === undefined || value === null ? [] : [[names[at], plain(value)]],
      );
      for (const { url } of requests) {
        expect(url).toMatch(/^\/packages(\?|$)/);
        if (expected.every(([, value]) => value !== undefined))
          expect([...new URL(url, server.url).searchParams]).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test("createPackage sends exactly the given values", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(oddPrimitive, fc.jsonValue()), async (body) => {
      for (const sent of await asked(() => api.createPackage(body as typeof request)))
        expect(sent).toEqual({ method: "POST", url: "/packages", body: JSON.stringify(body) ?? "" });
    }),
    { numRuns: 500 },
  );
});

test.each(["timeout", "totalTimeout", "maxRetries"])("a call survives any %s", async (option) => {
  await fc.assert(
    fc.asyncProperty(oddNumber, async (value) => {
      await asked(() => api.getPackage("x", { [option]: value }));
    }),
  );
});

test.each([
  ["apiKey", oddValue],
  ["userId", oddValue],
  ["baseUrl", oddPrimitive],
  ["timeout", oddNumber],
  ["totalTimeout", oddNumber],
  ["maxRetries", oddNumber],
  ["headers", oddValue],
])("a client survives any %s", async (option, odd) => {
  await fc.assert(
    fc.asyncProperty(odd, async (value) => {
      await asked(() => createEsimClient({ ...KEYS, baseUrl: server.url, [option]: value }));
    }),
  );
});

describe("paging", () => {
  const listed =
    (rows: number) =>
    async ({ count, offset }: { count: number; offset: number }) =>
      Array.from({ length: rows }, (_, id) => ({ id })).slice(offset, offset + count);

  test.each([0, 7])("through %i rows ends, for any offset and page size", async (rows) => {
    await fc.assert(
      fc.asyncProperty(positive, positive, async (pageSize, offset) => {
        let pages = 0;
        const fetchPage = async (range: { count: number; offset: number }) => {
          if (++pages > 3 * rows + 3) throw new Error("no end");
          return { packages: await listed(rows)(range) };
        };
        const seen: number[] = [];
        await asked(async () => {
          for await (const { id } of paginate(fetchPage, { pageSize, offset })) seen.push(id);
        });
        expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });

  test("of packages filters every page by the given values", async () => {
    await fc.assert(
      fc.asyncProperty(oddPrimitive, positive, positive, async (sim, pageSize, offset) => {
        const filter = { sim: sim as string };
        const options = { pageSize: pageSize as number, offset: offset as number };
        const requests = await asked(async () => {
          for await (const each of api.iteratePackages(filter, options)) expect.unreachable(String(each));
        });
        for (const { url } of requests)
          expect(new URL(url, server.url).searchParams.get("sim")).toBe(sim ?? null);
      }),
    );
  });
});

describe("createPackageOnce", () => {
  test("survives any request", async () => {
    await fc.assert(
      fc.asyncProperty(oddValue, async (body) => {
        await asked(() => createPackageOnce(api, body as typeof request, { lookups: 1, lookupDelay: 0 }));
      }),
    );
  });

  test("sends exactly the given values, once", async () => {
    await fc.assert(
      fc.asyncProperty(oddText, oddPrimitive, async (sim, package_template) => {
        const body = { sim, package_template: package_template as number };
        const requests = await asked(() => createPackageOnce(api, body, { lookups: 1, lookupDelay: 0 }));
        const purchases = requests.filter(({ method }) => method === "POST");
        expect(purchases.length).toBeLessThanOrEqual(1);
        for (const sent of purchases)
          expect(sent).toEqual({ method: "POST", url: "/packages", body: JSON.stringify(body) });
      }),
    );
  });

  test.each(["maxAttempts", "lookups", "lookupDelay"])("survives any %s", async (option) => {
    await fc.assert(
      fc.asyncProperty(oddValue, async (value) => {
        await asked(() => createPackageOnce(api, request, { [option]: value }));
      }),
    );
  });
});
