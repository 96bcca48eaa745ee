import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createComponents } from "../src/contract/components.ts";
import { loadDocument } from "../src/contract/load-document.ts";
import { createPipeline } from "../src/contract/pipeline.ts";
import { createRouter } from "../src/contract/router.ts";
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import { account, FREE_SIM, type PackageBody, TEMPLATE } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { operations } from "./documented-operations.ts";
import { fileForTest, keys, mockForTest } from "./mock-for-test.ts";
import { seedOfBefore } from "./old-schemas.ts";

const DAY = 86_400_000;
const stateful = (options = {}) => mockForTest({ stateful: true, ...options });

describe("a package's life", () => {
  test("is created, found, activated and terminated", async () => {
    const { url } = await stateful();
    const { create, get, list, activate, terminate } = account(url);
    const { status, body } = await create(FREE_SIM, TEMPLATE, { time_allowance: 3600 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      sim: FREE_SIM,
      status: "NOT_ACTIVE",
      activated_date: 0,
      terminated_date: 0,
      expiry_date: 0,
    });
    expect(body.window_activation_start).toBe(body.created_date);
    expect(body.window_activation_end - body.created_date).toBe(30 * DAY);

    expect((await get(body.id)).body).toMatchObject({
      id: body.id,
      status: "NOT_ACTIVE",
      time_allowance: 3600,
    });
    expect((await list(`sim=${FREE_SIM}`)).body).toMatchObject({
      total: 1,
      count: 1,
      packages: [{ id: body.id }],
    });

    expect(await activate(body.id)).toEqual({ status: 204, message: "" });
    const active = (await get(body.id)).body;
    expect(active.status).toBe("ACTIVE");
    expect(active.expiry_date - active.activated_date).toBe(3600 * 1000);

    expect(await terminate(body.id)).toEqual({ status: 204, message: "" });
    const ended = (await get(body.id)).body;
    expect(ended.status).toBe("TERMINATED");
    expect(ended.terminated_date).toBeGreaterThanOrEqual(active.activated_date);
    expect((await create(FREE_SIM)).status).toBe(201);
  });

  test("refuses what its state forbids, and names the state", async () => {
    const { url } = await stateful();
    const { create, activate, terminate } = account(url);
    const { id } = (await create(FREE_SIM)).body;
    expect(await terminate(id)).toEqual({
      status: 400,
      message: "Package cannot be terminated: it is NOT_ACTIVE",
    });
    await activate(id);
    expect(await activate(id)).toEqual({ status: 400, message: "Package cannot be activated: it is ACTIVE" });
    expect(await create(FREE_SIM)).toMatchObject({
      status: 409,
      body: { message: "A package already exists for this SIM" },
    });
    await terminate(id);
    expect(await terminate(id)).toEqual({
      status: 400,
      message: "Package cannot be terminated: it is TERMINATED",
    });
    expect(await activate(id)).toEqual({
      status: 400,
      message: "Package cannot be activated: it is TERMINATED",
    });
  });

  test.each(["pkg_1", "pkg_99999999", "nonsense", "pkg_0x10", "a%2Fb"])(
    "there is no package %s",
    async (id) => {
      const { url } = await stateful();
      const { get, activate, terminate } = account(url);
      expect(await get(id)).toMatchObject({
        status: 404,
        body: { message: "Package not found", statusCode: 404 },
      });
      expect((await activate(id)).status).toBe(404);
      expect((await terminate(id)).status).toBe(404);
    },
  );

  test.each([
    ["an unknown SIM", "8910300000000000000", TEMPLATE, {}, "SIM 8910300000000000000 is not in this account"],
    ["an unknown template", FREE_SIM, 1, {}, "Package template 1 does not exist"],
    [
      "a withdrawn template",
      FREE_SIM,
      21145365,
      {},
      "Package template 21145365 cannot be used: it is De-activated",
    ],
    ["no time at all", FREE_SIM, TEMPLATE, { time_allowance: 0 }, '"time_allowance" must be >= 1'],
    [
      "more time than there is",
      FREE_SIM,
      TEMPLATE,
      { time_allowance: 2 ** 53 - 1 },
      "lasts from 1 to 100000000000 seconds",
    ],
  ])("is not created for %s", async (_, sim, template, more, message) => {
    const { url } = await stateful();
    const { create, list } = account(url);
    const before = (await list()).body.total;
    const { status, body } = await create(sim, template, more);
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: expect.stringContaining(message),
    });
    expect((await list()).body.total).toBe(before);
  });

  test("is still checked by the document", async () => {
    const { url } = await stateful();
    expect((await account(url).create("123")).body.message).toContain('body field "sim"');
    expect((await fetch(`${url}/packages`)).status).toBe(401);
  });

  test("can be overridden by an example that a caller prefers", async () => {
    const { url } = await stateful();
    const answer = await fetch(`${url}/packages/pkg_1`, {
      headers: { ...keys, prefer: "example=suspended" },
    });
    expect(await answer.json()).toMatchObject({ status: "SUSPENDED" });
  });
});

describe("the list", () => {
  test("is newest first, and pages without a gap or a repetition", async () => {
    const { url } = await stateful();
    const { list } = account(url);
    const all = (await list("count=1000")).body;
    expect(all.total).toBe(60);
    const order = all.packages.map((each): [number, number] => [each.created_date, Number(each.id.slice(4))]);
    expect(order).toEqual([...order].sort(([a, x], [b, y]) => b - a || y - x));

    const paged: PackageBody[] = [];
    for (let offset = 0; offset < 60; offset += 7) {
      const page = (await list(`count=7&offset=${offset}`)).body;
      expect(page).toMatchObject({ total: 60, offset, count: page.packages.length });
      paged.push(...page.packages);
    }
    expect(paged.map(({ id }) => id)).toEqual(all.packages.map(({ id }) => id));
    expect((await list()).body.count).toBe(20);
    expect((await list("offset=60")).body).toMatchObject({ total: 60, count: 0, packages: [] });
  });

  test("is filtered by everything that is asked for at once", async () => {
    const { url } = await stateful();
    const { list } = account(url);
    const { sims } = builtInSeed();
    const inventory = (iccid: string) => sims.find((sim) => sim.iccid === iccid)?.inventory;
    const all = (await list("count=1000")).body.packages;
    for (const status of ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"]) {
      for (const template of [TEMPLATE, 21145359]) {
        const expected = all
          .filter(
            (each) =>
              each.status === status &&
              each.package_template.id === template &&
              inventory(each.sim) === 51953,
          )
          .map(({ id }) => id);
        const { body } = await list(
          `count=1000&status=${status}&package_template=${template}&inventory=51953`,
        );
        expect(body.packages.map(({ id }) => id)).toEqual(expected);
        expect(body.total).toBe(expected.length);
      }
    }
  });

  test.each([
    ["package_template=-3534", 0],
    ["inventory=99999999999999999999", 0],
    ["offset=1e300", 60],
    ["count=1e300", 60],
  ])("takes %s for a number like any other", async (query, total) => {
    const { url } = await mockForTest({ stateful: true });
    const { status, body } = await account(url).list(query);
    expect({ status, total: body.total }).toEqual({ status: 200, total });
  });

  test.each(["count=-1", "offset=-5"])("refuses %s", async (query) => {
    const { url } = await stateful();
    const { status, body } = await account(url).list(query);
    expect(status).toBe(400);
    expect(body.message).toContain("query parameter");
  });
});

describe("the built-in account", () => {
  test("is the same at every start", async () => {
    const pages = [];
    for (const mock of [await stateful(), await stateful()])
      pages.push((await account(mock.url).list("count=1000")).body);
    expect(pages[0]).toEqual(pages[1]);
  });

  test("knows what the document's examples are about", async () => {
    const { url } = await stateful();
    const statuses = operations.map(async ({ operationId, path, request }) => {
      const { status } = await fetch(`${url}${path}`, request);
      return [operationId, status];
    });
    const successes = operations.map(({ operationId, responses }) => [
      operationId,
      responses.find(({ status }) => status < 300)?.status,
    ]);
    expect(
      Object.fromEntries(await Promise.all(statuses)),
      "src/stateful/handlers.ts lacks rules for what is 501 here, and src/stateful/built-in-seed.ts the example of what is 404",
    ).toEqual({
      ...Object.fromEntries(successes),
      activatePackage: 400, // It is already active.
    });
  });

  test("has every state, usage between none and all, both activation types, and well-formed ICCIDs", () => {
    const { templates, sims, packages } = builtInSeed();
    expect([templates.length, sims.length, packages.length]).toEqual([16, 200, 60]);
    expect(new Set(packages.map(({ status }) => status)).size).toBe(4);
    expect(new Set(templates.map(({ activation_type }) => activation_type)).size).toBe(2);
    expect(templates.filter(({ status }) => status !== "Active")).toHaveLength(1);
    const used = packages.map((each) => each.used ?? 0);
    expect(Math.min(...used)).toBe(0);
    expect(Math.max(...used)).toBeGreaterThan(0.9);
    // Except for the one in the document's examples, which fails the Luhn check, as some real ones do.
    for (const { iccid } of sims.slice(1)) {
      expect(iccid).toMatch(/^89\d{17}$/);
      const sum = [...iccid].reverse().reduce((total, digit, index) => {
        const value = Number(digit) * (index % 2 ? 2 : 1);
        return total + (value > 9 ? value - 9 : value);
      }, 0);
      expect(sum % 10).toBe(0);
    }
  });

  test("belongs to each user alone", async () => {
    const { url } = await stateful();
    const [one, other] = [account(url, "one"), account(url, "other")];
    const { id } = (await one.create(FREE_SIM)).body;
    expect((await other.get(id)).status).toBe(404);
    expect((await other.activate(id)).status).toBe(404);
    expect((await other.list()).body.total).toBe(60);
    expect((await one.list()).body.total).toBe(61);
    expect((await other.create(FREE_SIM)).status).toBe(201);
  });
});

test("of many concurrent creations for one SIM exactly one succeeds", async () => {
  const { url } = await stateful();
  const { create } = account(url);
  const statuses = (await Promise.all(Array.from({ length: 200 }, () => create(FREE_SIM)))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(199);
});

test("an answer that breaks the contract is replaced by a 500 that says so", async () => {
  const { operations } = await loadDocument();
  const broken = createComponents({
    answer: () => () => () => ({
      _tag: "Right",
      right: {
        statusCode: 200,
        headers: { "content-type": "application/json" },
        body: { id: 5, status: "ASLEEP" },
      },
    }),
  });
  const request = { method: "get", url: { path: "/packages/x", query: {} }, headers: keys } as const;
  const destination = createRouter(operations, broken.route)(request);
  const answerBy = (strict: boolean) =>
    createPipeline(broken, { dynamic: false, strict })(request, destination);
  const { status, body, notes } = answerBy(true);
  expect(status).toBe(500);
  expect((body as { message: string }).message).toMatch(/departs from the document.*sim/);
  expect(notes.join()).toContain("departs from the document");
  expect(answerBy(false).status).toBe(200);
});

test("a repeated list shows what was written since, by this mock or another on the same file", async () => {
  const state = await fileForTest("state.db");
  const [one, other] = [
    await mockForTest({ stateful: true, state }),
    await mockForTest({ stateful: true, state }),
  ];
  const [mine, theirs] = [account(one.url), account(other.url)];
  const seen = async () => {
    const lists = await Promise.all([mine.list(), mine.list(), theirs.list()]);
    expect(lists[1]).toEqual(lists[0]);
    expect(lists[2]?.body).toEqual(lists[0]?.body);
    return lists[0]?.body.packages.map(({ id, status }: { id: string; status: string }) => `${id} ${status}`);
  };
  const before = await seen();
  const { id } = (await theirs.create(FREE_SIM)).body;
  expect((await seen())?.[0]).toBe(`${id} NOT_ACTIVE`);
  await mine.activate(id);
  expect((await seen())?.[0]).toBe(`${id} ACTIVE`);
  await other.network.suspend("user", id);
  expect((await seen())?.[0]).toBe(`${id} SUSPENDED`);
  await one.clock.advance("60d");
  expect((await seen())?.[0]).toBe(`${id} TERMINATED`);
  await other.reset();
  expect(await seen()).toEqual(before);
});

describe("a seed file", () => {
  const small = {
    templates: [builtInSeed().templates[0]],
    sims: [{ iccid: FREE_SIM, inventory: 1 }],
    packages: [{ sim: FREE_SIM, package_template: TEMPLATE, status: "NOT_ACTIVE", created: -1000 }],
  };

  test("replaces the built-in account", async () => {
    const seed = await fileForTest("seed.json", JSON.stringify(small));
    const { url } = await stateful({ seed });
    const { body } = await account(url).list();
    expect(body).toMatchObject({ total: 1, packages: [{ sim: FREE_SIM, status: "NOT_ACTIVE" }] });
  });

  test("may start with a byte order mark, as from editors on Windows", async () => {
    const seed = await fileForTest("seed.json", `\uFEFF${JSON.stringify(small)}`);
    const { url } = await stateful({ seed });
    expect((await account(url).list()).body.total).toBe(1);
  });

  test("with the largest numbers it may have is one that works, until the end of the clock's time", async () => {
    const most = 100_000_000_000;
    const [template] = small.templates;
    const large = {
      templates: [
        {
          ...template,
          latest_available_date: 8.64e15,
          activation_time_allowance: most,
          data_usage_allowance: Number.MAX_SAFE_INTEGER,
          time_allowance: { unit: "SECOND", duration: most },
        },
      ],
      sims: [...small.sims, { iccid: "8910300000045682019", inventory: 1 }],
      packages: [{ ...small.packages[0], created: most * 1000 }],
    };
    const seed = await fileForTest("seed.json", JSON.stringify(large));
    const mock = await stateful({ seed });
    const { list, create, activate, terminate } = account(mock.url);
    expect((await list()).status).toBe(200);
    expect((await activate("pkg_123456")).message).toContain("opens at");
    expect((await create("8910300000045682019", TEMPLATE, { time_allowance: most })).status).toBe(201);
    await mock.clock.set("3000-01-01T00:00:00Z");
    expect((await activate("pkg_123457")).status).toBe(204);
    await mock.clock.set("6000-01-01T00:00:00Z");
    expect((await activate("pkg_123456")).status).toBe(204);
    expect((await list("status=ACTIVE")).body.packages).toHaveLength(2);
    await mock.clock.set("9999-12-30T00:00:00Z");
    expect((await list("status=TERMINATED")).body.packages).toHaveLength(2);
    const { body } = await create("8910300000045682019", TEMPLATE, { time_allowance: most });
    expect((await activate(body.id)).status).toBe(204);
    expect((await list("status=ACTIVE")).body.packages).toMatchObject([{ id: body.id }]);
    expect((await terminate(body.id)).status).toBe(204);
  });

  const whole = {
    companies: [{ id: 5, name: "Example Roaming" }],
    groups: [{ id: 6, name: "Fleet" }],
    inventories: [
      { id: 1, name: "Outer", created_date: 2, modified_date: 2, company: 5, status: "Active" },
      {
        id: 2,
        name: "Inner",
        created_date: 1,
        modified_date: 2,
        company: 5,
        status: "Active",
        parent_inventory: 1,
      },
    ],
    templates: [{ ...builtInSeed().templates[0], inventory: 1 }],
    sims: [
      { iccid: FREE_SIM, inventory: 2, group: 6, sim_status: "IN_SERVICE", mapped_imsi: 1 },
      { iccid: "8910300000045682019", inventory: 1 },
    ],
    euicc_profiles: [
      {
        iccid: FREE_SIM,
        imsi: "310260123456789",
        state: "ERROR",
        last_operation_date: 7,
        activation_code: "LPA:1$smdp.example.com$X",
      },
    ],
    pcr_profiles: [
      {
        sim: FREE_SIM,
        data: { state: "DISABLED", active_throttling: "NO_LIMIT" },
        voice: { state: "ENABLED" },
        sms: { state: "ENABLED" },
        wallet_mode: "SIM",
      },
    ],
    packages: [],
  };

  test("may name inventories, groups, companies and profiles", async () => {
    const seed = await fileForTest("seed.json", JSON.stringify(whole));
    const { url } = await stateful({ seed });
    const { get, post } = checkedApi(url);
    expect((await get("/inventories")).body).toMatchObject({ total: 2, inventories: whole.inventories });
    expect((await get(`/sim-registries/${FREE_SIM}`)).body).toMatchObject({
      sim_status: "IN_SERVICE",
      group: { id: 6, name: "Fleet" },
      inventory: { id: 2, name: "Inner" },
      company: { id: 5, name: "Example Roaming" },
      mapped_imsi: 1,
    });
    expect((await get(`/euicc-profiles/${FREE_SIM}`)).body).toMatchObject(whole.euicc_profiles[0] as object);
    expect((await get(`/sim-pcr-profiles/${FREE_SIM}`)).body).toMatchObject(whole.pcr_profiles[0] as object);
    expect((await get("/package-templates?inventory=1")).body.total).toBe(1);
    // What it leaves out follows from the rest.
    const other = "8910300000045682019";
    expect((await get(`/sim-registries/${other}`)).body.sim_status).toBe("PRE_SERVICE");
    expect((await get(`/euicc-profiles/${other}`)).body.state).toBe("RELEASED");
    expect((await get(`/sim-pcr-profiles/${other}`)).body.wallets).toHaveLength(1);
    expect((await post("/packages", { sim: FREE_SIM, package_template: TEMPLATE })).status).toBe(201);
  });

  test("has templates for all of its SIMs where they name no inventory", async () => {
    const template = { ...whole.templates[0], inventory: undefined };
    const seed = await fileForTest("seed.json", JSON.stringify({ ...whole, templates: [template] }));
    const { get, post } = checkedApi((await stateful({ seed })).url);
    expect((await get("/package-templates?inventory=1")).body.total).toBe(1);
    expect((await post("/packages", { sim: FREE_SIM, package_template: TEMPLATE })).status).toBe(201);
  });

  test("in the older format gets the inventories that its SIMs name", async () => {
    const before = { ...seedOfBefore(), packages: seedOfBefore().packages.slice(0, 4) };
    const seed = await fileForTest("seed.json", JSON.stringify(before));
    const { url } = await stateful({ seed });
    const { get, post } = checkedApi(url);
    const { inventories } = (await get("/inventories")).body;
    const ids = inventories.map(({ id }: { id: number }) => id);
    expect(ids.toSorted()).toEqual([3021, 3022, 3023, 51952]);
    const { sims } = (await get("/sim-registries?count=1000")).body;
    const statusOf = (iccid?: string) =>
      sims.find((each: { iccid: string }) => each.iccid === iccid)?.sim_status;
    for (const { sim, status } of before.packages)
      expect(statusOf(sim)).toBe(status === "NOT_ACTIVE" ? "PRE_SERVICE" : "IN_SERVICE");
    for (const { iccid } of before.sims.slice(-3))
      expect((await post("/packages", { sim: iccid, package_template: TEMPLATE })).status).toBe(201);
  });

  test("can express the built-in account", async () => {
    const seed = await fileForTest("seed.json", JSON.stringify(builtInSeed()));
    const [own, builtIn] = [await stateful({ seed }), await stateful()];
    const [one, other] = [checkedApi(own.url), checkedApi(builtIn.url)];
    for (const path of [
      "/packages?count=1000",
      "/inventories",
      "/sim-registries?count=1000",
      "/package-templates",
      `/euicc-profiles/${FREE_SIM}`,
    ])
      expect((await one.get(path)).body).toEqual((await other.get(path)).body);
  });

  test.each<[string, unknown, string]>([
    [
      "an inventory without a name",
      { ...whole, inventories: [{ ...whole.inventories[0], name: undefined }] },
      "inventories[0].name is missing",
    ],
    [
      "an inventory inside one that is none",
      { ...whole, inventories: [whole.inventories[0], { ...whole.inventories[1], parent_inventory: 9 }] },
      "inventories[1].parent_inventory must be one of the inventories, or 0",
    ],
    ...[
      [1, 1],
      [2, 1],
    ].map(([outer, inner]): [string, unknown, string] => [
      `inventories that are inside themselves, ${outer} and ${inner}`,
      {
        ...whole,
        inventories: [
          { ...whole.inventories[0], parent_inventory: outer },
          { ...whole.inventories[1], parent_inventory: inner },
        ],
      },
      "inventories[0].parent_inventory leads back to the inventory itself",
    ]),
    [
      "an activation code that no QR code can hold",
      {
        ...whole,
        euicc_profiles: [{ ...whole.euicc_profiles[0], activation_code: `LPA:1$${"x".repeat(250)}` }],
      },
      "euicc_profiles[0].activation_code must NOT have more than 255 characters",
    ],
    [
      "a SIM in no inventory",
      { ...whole, sims: [whole.sims[0], { ...whole.sims[1], inventory: 9 }] },
      "sims[1].inventory must be one of the inventories",
    ],
    [
      "a template for no inventory",
      { ...whole, templates: [{ ...whole.templates[0], inventory: 9 }] },
      "templates[0].inventory must be one of the inventories",
    ],
    [
      "a SIM in an unknown state",
      { ...whole, sims: [{ ...whole.sims[0], sim_status: "ASLEEP" }, whole.sims[1]] },
      "sims[0].sim_status must be one of WAITING_FOR_ASSIGNMENT",
    ],
    [
      "an IMSI that is none",
      { ...whole, sims: [{ ...whole.sims[0], imsis: [{ sponsor_id: 1, imsi: "1" }] }, whole.sims[1]] },
      "sims[0].imsis[0].imsi must be a whole number",
    ],
    [
      "a profile in an unknown state",
      { ...whole, euicc_profiles: [{ ...whole.euicc_profiles[0], state: "LOST" }] },
      "euicc_profiles[0].state must be one of AVAILABLE",
    ],
    [
      "a profile of no SIM",
      { ...whole, euicc_profiles: [{ ...whole.euicc_profiles[0], iccid: "8910300000045682027" }] },
      "euicc_profiles[0].iccid must be one of the sims",
    ],
    [
      "a PCR profile of no SIM",
      { ...whole, pcr_profiles: [{ ...whole.pcr_profiles[0], sim: "8910300000045682027" }] },
      "pcr_profiles[0].sim must be one of the sims",
    ],
    [
      "a PCR profile that does not say whose it is",
      { ...whole, pcr_profiles: [{ ...whole.pcr_profiles[0], sim: undefined }] },
      "pcr_profiles[0].sim is missing",
    ],
    [
      "two profiles of a SIM",
      { ...whole, euicc_profiles: [whole.euicc_profiles[0], whole.euicc_profiles[0]] },
      "euicc_profiles must each have their own iccid",
    ],
    [
      "two inventories of one ID",
      { ...whole, inventories: [whole.inventories[0], whole.inventories[0]] },
      "inventories must each have their own id",
    ],
    [
      "a template beyond which no ID is left",
      { ...whole, templates: [{ ...whole.templates[0], id: 2 ** 53 - 1 }] },
      "templates[0].id must be <=",
    ],
    ["no JSON", "{", "JSON"],
    ["a missing list", { ...small, sims: undefined }, "seed: sims is missing"],
    ["a list that is none", { ...small, sims: {} }, "sims must be a list"],
    ["no object", [], "it must be an object"],
    ["a bad ICCID", { ...small, sims: [{ iccid: "12", inventory: 1 }] }, "sims[0].iccid must match pattern"],
    [
      "an unknown state",
      { ...small, packages: [{ ...small.packages[0], status: "ASLEEP" }] },
      "packages[0].status must be one of",
    ],
    [
      "a bad unit",
      { ...small, templates: [{ ...small.templates[0], time_allowance: { unit: "AGE", duration: 1 } }] },
      "templates[0].time_allowance.unit must be one of SECOND, MINUTE",
    ],
    [
      "a negative allowance",
      { ...small, templates: [{ ...small.templates[0], sms_usage_allowance: -1 }] },
      "templates[0].sms_usage_allowance must be >= 0",
    ],
    [
      "a beginning with no date",
      { ...small, packages: [{ ...small.packages[0], created: 2 ** 53 - 1 }] },
      "packages[0].created must be <=",
    ],
    [
      "an offer with no date",
      { ...small, templates: [{ ...small.templates[0], earliest_available_date: 2 ** 53 - 1 }] },
      "templates[0].earliest_available_date must be <=",
    ],
    [
      "a wait without end",
      { ...small, templates: [{ ...small.templates[0], activation_time_allowance: 2 ** 53 - 1 }] },
      "templates[0].activation_time_allowance must be <=",
    ],
    [
      "a product that no clock has",
      {
        ...small,
        templates: [{ ...small.templates[0], time_allowance: { unit: "YEAR", duration: 10_000 } }],
      },
      "templates[0].time_allowance must be 100000000000 seconds or less",
    ],
    [
      "a length that no clock has",
      { ...small, templates: [{ ...small.templates[0], time_allowance: { unit: "DAY", duration: 1e300 } }] },
      "templates[0].time_allowance.duration must be <=",
    ],
    [
      "an unknown SIM",
      { ...small, packages: [{ ...small.packages[0], sim: "8910300000000000000" }] },
      "packages[0].sim must be one of the sims",
    ],
    [
      "two live packages",
      { ...small, packages: [small.packages[0], small.packages[0]] },
      "packages[1].sim has a package already",
    ],
    [
      "an activation without a date",
      { ...small, packages: [{ ...small.packages[0], status: "ACTIVE" }] },
      "packages[0].activated is missing",
    ],
  ])("with %s is refused with its path", async (_, content, message) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    const seed = await fileForTest("seed.json", text);
    await expect(stateful({ seed })).rejects.toMatchObject({
      name: "MockStartError",
      code: "SEED",
      message: expect.stringContaining(message),
    });
  });

  test("with too many levels is refused", async () => {
    const levels = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const seed = await fileForTest("seed.json", `{"sims":[],"packages":[],"templates":${levels}}`);
    await expect(stateful({ seed })).rejects.toMatchObject({
      code: "SEED",
      // From Node 26 on, JSON may have any number of levels.
      message: expect.stringMatching(/it is nested too deeply\.$|templates\[0\] must be an object/),
    });
  });
});

describe("a state file", () => {
  test("survives a restart", async () => {
    const state = await fileForTest("state.db");
    const first = await stateful({ state });
    const { id } = (await account(first.url).create(FREE_SIM)).body;
    await account(first.url).activate(id);
    await first.close();
    const second = await stateful({ state });
    expect((await account(second.url).get(id)).body.status).toBe("ACTIVE");
    expect((await account(second.url).list()).body.total).toBe(61);
  });

  test("that is something else is refused", async () => {
    const state = await fileForTest("state.db");
    writeFileSync(state, "not a database, but long enough to look like a file of some kind");
    await expect(stateful({ state })).rejects.toMatchObject({ code: "STATE" });
  });

  test("needs a stateful mock", async () => {
    await expect(mockForTest({ state: "x" })).rejects.toMatchObject({
      code: "OPTION",
      message: expect.stringContaining("--stateful"),
    });
  });
});
