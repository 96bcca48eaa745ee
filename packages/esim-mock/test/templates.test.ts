import { describe, expect, test } from "vitest";
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import { FREE_SIM, TEMPLATE } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { fileForTest, machineClock, mockForTest } from "./mock-for-test.ts";

const DAY = 86_400_000;
const NEW = {
  name: "Europe 2 GB 5 days",
  supported_countries: ["DEU", "FRA"],
  activation_type: "MANUAL",
  data_usage_allowance: 2 * 2 ** 30,
  time_allowance: { unit: "SECOND", duration: 432_000 },
  activation_time_allowance: 2_592_000,
  earliest_available_date: 0,
  latest_available_date: Date.UTC(2099, 0, 1),
  inventory: 51952,
};

async function started(options = {}) {
  const mock = await mockForTest({ stateful: true, ...options });
  return { mock, ...checkedApi(mock.url) };
}

/** A SIM for sale in an inventory. */
const simIn = (inventory: number) =>
  builtInSeed().sims.find(
    (sim) =>
      sim.inventory === inventory &&
      sim.sim_status === "PRE_SERVICE" &&
      !builtInSeed().packages.some((each) => each.sim === sim.iccid),
  )?.iccid as string;

describe("the templates of the seed", () => {
  test("are listed with every status, three units, and for each inventory", async () => {
    const { get } = await started();
    const { body } = await get("/package-templates");
    expect(body).toMatchObject({ total: 16, count: 16, offset: 0 });
    const all = body.package_templates as { id: number; status: string; time_allowance: { unit: string } }[];
    const statuses = all.map(({ status }) => status);
    for (const status of ["De-activated", "Not Active"])
      expect(statuses.filter((each) => each === status)).toHaveLength(1);
    expect(new Set(all.map(({ time_allowance }) => time_allowance.unit))).toEqual(
      new Set(["DAY", "SECOND", "CALENDAR_MONTH"]),
    );
    let total = 0;
    for (const inventory of [51952, 51953, 51954]) {
      const page = (await get(`/package-templates?inventory=${inventory}`)).body;
      expect(page.total).toBeGreaterThan(0);
      total += page.total;
    }
    expect(total).toBe(16);
    expect((await get("/package-templates?inventory=1")).body.total).toBe(0);
    for (const each of all) expect((await get(`/package-templates/${each.id}`)).body).toEqual(each);
  });

  test.each(["1", "0", "-5", "99999999999999999999"])("do not include %s", async (id) => {
    const { get } = await started();
    expect(await get(`/package-templates/${id}`)).toEqual({
      status: 404,
      body: { message: "Package template not found", statusCode: 404 },
    });
  });

  test("that are not on offer yet are Not Active until the clock says otherwise", async () => {
    const { mock, get, post } = await started();
    const sale = { sim: FREE_SIM, package_template: 21145369 };
    const later = (await get("/package-templates/21145369")).body;
    expect(later.status).toBe("Not Active");
    expect(await post("/packages", sale)).toEqual({
      status: 400,
      body: {
        message: "Package template 21145369 cannot be used: it is Not Active before 2030-01-01T00:00:00.000Z",
        statusCode: 400,
      },
    });
    await mock.clock.set(later.earliest_available_date);
    expect((await get("/package-templates/21145369")).body.status).toBe("Active");
    expect((await post("/packages", sale)).status).toBe(201);
  });
});

test("a seed's template goes on and off offer by itself, also in packages already listed", async () => {
  const { now, moveTo } = machineClock();
  const [from, until] = [now + 1000, now + 3000];
  const { templates, ...rest } = builtInSeed();
  const onOffer = { earliest_available_date: from, latest_available_date: until };
  const changed = { ...rest, templates: templates.map((each) => ({ ...each, ...onOffer })) };
  const { get } = await started({ seed: await fileForTest("seed.json", JSON.stringify(changed)) });
  const listed = async () =>
    (await get(`/packages?package_template=${TEMPLATE}`)).body.packages[0].package_template.status;
  expect(await listed()).toBe("Not Active");
  moveTo(from);
  expect(await listed()).toBe("Active");
  moveTo(until);
  expect(await listed()).toBe("Active");
  moveTo(until + 1);
  expect(await listed()).toBe("Not Active");
});

describe("a new template", () => {
  test("is created, found, listed first, and packages are made from it", async () => {
    const { get, post } = await started();
    const created = await post("/package-templates", NEW);
    expect(created).toEqual({
      status: 201,
      body: {
        id: 21145370,
        name: NEW.name,
        voice_usage_allowance: 0,
        data_usage_allowance: NEW.data_usage_allowance,
        sms_usage_allowance: 0,
        time_allowance: NEW.time_allowance,
        activation_time_allowance: NEW.activation_time_allowance,
      },
    });
    const { inventory: _, ...asked } = NEW;
    const found = (await get("/package-templates/21145370")).body;
    expect(found).toMatchObject({ ...asked, id: 21145370, status: "Active" });
    expect(found).not.toHaveProperty("inventory");
    expect((await get("/package-templates?count=1")).body).toMatchObject({
      total: 17,
      package_templates: [found],
    });
    const sold = await post("/packages", { sim: FREE_SIM, package_template: 21145370 });
    expect(sold).toMatchObject({
      status: 201,
      body: {
        data_usage_remaining: NEW.data_usage_allowance,
        time_allowance: 432_000,
        package_template: created.body,
      },
    });
    const listed = (await get("/packages?package_template=21145370")).body;
    expect(listed).toMatchObject({ total: 1, packages: [{ package_template: found }] });
  });

  test("is Active only while it is on offer, also in packages already listed", async () => {
    const { mock, get, post } = await started();
    const { now } = await mock.clock.read();
    const [from, until] = [now + 2 * DAY, now + 4 * DAY];
    const dates = { earliest_available_date: from, latest_available_date: until };
    const { id } = (await post("/package-templates", { ...NEW, ...dates })).body;
    const sell = (sim: string) => post("/packages", { sim, package_template: id });
    const status = async () => (await get(`/package-templates/${id}`)).body.status;
    expect(await status()).toBe("Not Active");
    expect((await sell(FREE_SIM)).body.message).toContain("it is Not Active before");
    await mock.clock.set(from);
    expect(await status()).toBe("Active");
    expect((await sell(FREE_SIM)).status).toBe(201);
    const listed = async () =>
      (await get(`/packages?package_template=${id}`)).body.packages[0].package_template.status;
    expect(await listed()).toBe("Active");
    await mock.clock.set(until + 1);
    expect(await status()).toBe("Not Active");
    expect(await listed()).toBe("Not Active");
    expect((await sell("8910300000045682019")).body.message).toContain("it is Not Active since");
  });

  test("is listed by the control routes for its account, and for no other", async () => {
    const { mock, post } = await started();
    const { id } = (await post("/package-templates", NEW)).body;
    const ids = async (headers: Record<string, string>) => {
      const answer = await fetch(`${mock.url}/_mock/templates`, { headers });
      return ((await answer.json()) as { templates: { id: number }[] }).templates.map((each) => each.id);
    };
    const seeded = builtInSeed().templates.map((each) => each.id);
    expect(await ids({ "x-user-id": "user" })).toEqual([...seeded, id]);
    expect(await ids({ "x-user-id": "other" })).toEqual(seeded);
    expect(await ids({})).toEqual(seeded);
  });

  test("goes off offer by itself in packages already listed", async () => {
    const { now, moveTo } = machineClock();
    const { get, post } = await started();
    const until = now + 1000;
    const { id } = (await post("/package-templates", { ...NEW, latest_available_date: until })).body;
    await post("/packages", { sim: FREE_SIM, package_template: id });
    const listed = async () =>
      (await get(`/packages?package_template=${id}`)).body.packages[0].package_template.status;
    expect(await listed()).toBe("Active");
    moveTo(until);
    expect(await listed()).toBe("Active");
    moveTo(until + 1);
    expect(await listed()).toBe("Not Active");
  });

  test("may have the same name as another one", async () => {
    const { get, post } = await started();
    const ids = [
      (await post("/package-templates", NEW)).body.id,
      (await post("/package-templates", NEW)).body.id,
    ];
    expect(ids).toEqual([21145370, 21145371]);
    expect((await get("/package-templates?count=2")).body.package_templates).toMatchObject([
      { id: 21145371 },
      { id: 21145370 },
    ]);
  });

  test.each([
    ["an inventory that is none", { inventory: 3 }, "Inventory 3 does not exist"],
    ["an inventory beyond all numbers", { inventory: 1e300 }, "does not exist"],
    [
      "an end before its beginning",
      { earliest_available_date: 2, latest_available_date: 1 },
      "latest_available_date must not be before earliest_available_date",
    ],
    [
      "more time than there is",
      { time_allowance: { unit: "CALENDAR_MONTH", duration: 2 ** 53 - 1 } },
      "time_allowance must be 100000000000 seconds or less",
    ],
    [
      "a wait without end",
      { activation_time_allowance: 2 ** 53 - 1 },
      "activation_time_allowance must be 100000000000 seconds or less",
    ],
    [
      "no date",
      { latest_available_date: 2 ** 53 - 1 },
      "A date must be 8640000000000000 milliseconds or less",
    ],
    ["a unit that cannot be asked for", { time_allowance: { unit: "DAY", duration: 1 } }, "time_allowance"],
    ["a country that is no code", { supported_countries: ["Germany"] }, "supported_countries"],
  ])("with %s is refused, and not stored", async (_, change, message) => {
    const { get, post } = await started();
    const refused = await post("/package-templates", { ...NEW, ...change });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain(message);
    expect((await get("/package-templates")).body.total).toBe(16);
  });

  test("keeps what is in the contract, and nothing else", async () => {
    const { get, post } = await started();
    const body = JSON.parse(
      JSON.stringify({ ...NEW, price: 5 }).replace("{", '{"__proto__":{"id":1},"id":7,'),
    );
    const { id } = (await post("/package-templates", body)).body;
    expect(id).toBe(21145370);
    expect((await get(`/package-templates/${id}`)).body).not.toHaveProperty("price");
  });

  test("belongs to its user, has the same ID for each user, and survives a restart", async () => {
    const state = await fileForTest("state.db");
    const { mock, post, get } = await started({ state });
    const other = checkedApi(mock.url, "other");
    const { id } = (await post("/package-templates", NEW)).body;
    expect((await other.get(`/package-templates/${id}`)).status).toBe(404);
    expect((await other.get("/package-templates")).body.total).toBe(16);
    expect((await other.post("/packages", { sim: FREE_SIM, package_template: id })).body.message).toBe(
      `Package template ${id} does not exist`,
    );
    expect((await other.post("/package-templates", { ...NEW, name: "Mine" })).body.id).toBe(id);
    const found = (await get(`/package-templates/${id}`)).body;
    await mock.close();
    const again = await started({ state });
    expect((await again.get(`/package-templates/${id}`)).body).toEqual(found);
    await again.mock.reset();
    expect((await again.get(`/package-templates/${id}`)).status).toBe(404);
    expect((await again.post("/package-templates", NEW)).body.id).toBe(id);
  });

  test("is on the right page, however many there are and whichever inventory is requested", async () => {
    const { get, post } = await started();
    const made: { id: number; inventory: number }[] = [];
    for (let n = 0; n < 23; n += 1) {
      const inventory = 51952 + (n % 3);
      const { id } = (await post("/package-templates", { ...NEW, inventory })).body;
      made.unshift({ id, inventory });
    }
    const seeded = (await get("/package-templates?offset=23")).body.package_templates as { id: number }[];
    for (const inventory of [undefined, 51952, 51953]) {
      const filter = inventory === undefined ? "" : `&inventory=${inventory}`;
      const own = made.filter((each) => inventory === undefined || each.inventory === inventory);
      const whole = (await get(`/package-templates?count=1000${filter}`)).body;
      const ids = whole.package_templates.map(({ id }: { id: number }) => id);
      expect(ids.slice(0, own.length)).toEqual(own.map(({ id }) => id));
      expect(whole.total).toBe(ids.length);
      for (let offset = 0; offset < ids.length + 3; offset += 5) {
        const page = (await get(`/package-templates?count=5&offset=${offset}${filter}`)).body;
        expect(page).toMatchObject({ total: ids.length, offset });
        expect(page.package_templates.map(({ id }: { id: number }) => id)).toEqual(
          ids.slice(offset, offset + 5),
        );
      }
    }
    expect(seeded).toHaveLength(16);
  });
});

describe("a template is for its inventory and those inside it", () => {
  test.each([
    [51952, 51952, 201],
    [51952, 51953, 201],
    [51952, 51954, 201],
    [51953, 51954, 201],
    [51953, 51952, 400],
    [51954, 51953, 400],
  ])("one of %i for a SIM of %i: %i", async (inventory, ofSim, status) => {
    const { post } = await started();
    const { id } = (await post("/package-templates", { ...NEW, inventory })).body;
    const sim = simIn(ofSim);
    const sold = await post("/packages", { sim, package_template: id });
    expect(sold.status).toBe(status);
    if (status === 400)
      expect(sold.body.message).toBe(
        `Package template ${id} is for inventory ${inventory}, and SIM ${sim} is in inventory ${ofSim}`,
      );
  });
});

describe("a calendar month", () => {
  const months = (duration: number) => ({ ...NEW, time_allowance: { unit: "CALENDAR_MONTH", duration } });

  test.each([
    ["2031-01-31T10:00:00.000Z", 1, "2031-02-28T"],
    ["2032-01-31T10:00:00.000Z", 1, "2032-02-29T"],
    ["2031-02-28T10:00:00.000Z", 1, "2031-03-28T"],
    ["2031-12-15T10:00:00.000Z", 1, "2032-01-15T"],
    ["2031-08-31T10:00:00.000Z", 13, "2032-09-30T"],
  ])("from %s, %i of them, ends on %s", async (begin, duration, day) => {
    const { mock, get, post } = await started();
    const { id: template } = (await post("/package-templates", months(duration))).body;
    // The package waits, so that the activation is what counts.
    await mock.clock.set(Date.parse(begin) - 20 * DAY);
    const { id } = (await post("/packages", { sim: FREE_SIM, package_template: template })).body;
    await mock.clock.set(begin);
    expect((await post(`/packages/${id}/activate`)).status).toBe(204);
    const { activated_date, expiry_date, time_allowance } = (await get(`/packages/${id}`)).body;
    expect(new Date(expiry_date).toISOString().slice(0, 11)).toBe(day);
    expect(expiry_date - activated_date).toBe(time_allowance * 1000);
    expect((expiry_date - activated_date) % DAY).toBe(0);
    await mock.clock.set(expiry_date);
    expect((await get(`/packages/${id}`)).body.status).toBe("TERMINATED");
  });

  test("is overridden by the time in the request", async () => {
    const { get, post } = await started();
    const { id: template } = (await post("/package-templates", months(1))).body;
    const sale = { sim: FREE_SIM, package_template: template, time_allowance: 3600 };
    const { id } = (await post("/packages", sale)).body;
    await post(`/packages/${id}/activate`);
    const { activated_date, expiry_date } = (await get(`/packages/${id}`)).body;
    expect(expiry_date - activated_date).toBe(3_600_000);
  });
});
