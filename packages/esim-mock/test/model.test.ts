import fc from "fast-check";
import { expect, test } from "vitest";
import { account } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { mockForTest } from "./mock-for-test.ts";

/** A model of an account, as simple as the rules allow: no database, no HTTP, and no code of the mock. */
class Model {
  packages: ModelPackage[] = [];
  /** The user's own, after the seed's. */
  templates: { auto: boolean; data: number; name: string }[] = [];
  sims: ModelSim[] = SIMS.map(() => ({
    status: "PRE_SERVICE",
    profile: "RELEASED",
    further: 5,
    services: { data: "ENABLED", voice: "ENABLED" },
  }));

  live(sim: string): ModelPackage | undefined {
    return this.packages.find((each) => each.sim === sim && each.status !== "TERMINATED");
  }
}
interface ModelSim {
  status: "PRE_SERVICE" | "IN_SERVICE";
  profile: "RELEASED" | "DOWNLOADED" | "INSTALLED" | "ENABLED" | "DISABLED" | "DELETED";
  /** How often it can be downloaded again. */
  further: number;
  services: Record<Service, "ENABLED" | "DISABLED">;
}
type Service = (typeof SERVICES)[number];
interface ModelPackage {
  id: string;
  sim: string;
  auto: boolean;
  status: (typeof STATUSES)[number];
  data: number;
  allowance: number;
  /** Milliseconds until the window closes, or until it expires. */
  window: number;
  left: number;
}
interface Real {
  api: ReturnType<typeof account>;
  checked: ReturnType<typeof checkedApi>;
  mock: Awaited<ReturnType<typeof mockForTest>>;
}

const SIMS = ["8910300000045682001", "8910300000045681955", "8910300000045681607"];
const TEMPLATES = {
  21145354: { auto: false, data: 5 * 2 ** 30 },
  21145355: { auto: true, data: 2 ** 30 },
} as const;
const SERVICES = ["data", "voice"] as const;
const EVENTS = ["download", "install", "enable", "disable", "delete"] as const;
/** The first ID of a user's own packages. */
const FIRST_OWN = 21145370;
const STATUSES = ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"] as const;
const WINDOW = 2_592_000_000;
/** The real clock keeps running during a test, so no move of the clock ends closer than this to a limit. */
const MARGIN = 3_600_000;

const choose = <T>(rows: readonly T[], n: number): T | undefined => rows[n % Math.max(1, rows.length)];

const isRefused = (call: Promise<unknown>) =>
  call.then(
    () => false,
    () => true,
  );

class Create implements fc.AsyncCommand<Model, Real> {
  readonly sim: number;
  readonly template: number;
  readonly days: number;
  constructor(sim: number, template: number, days: number) {
    this.sim = sim;
    this.template = template;
    this.days = days;
  }
  check = () => true;
  async run(model: Model, { api }: Real) {
    const sim = SIMS[this.sim] as string;
    const own = model.templates.map((each, n) => [FIRST_OWN + n, each] as const);
    const seeded = Object.entries(TEMPLATES).map(([id, each]) => [Number(id), each] as const);
    const [id, { auto, data }] = choose([...seeded, ...own], this.template) as (typeof seeded)[number];
    const expected = model.live(sim) ? 409 : 201;
    const { status, body } = await api.create(sim, id, { time_allowance: this.days * 86_400 });
    expect(status).toBe(expected);
    if (status !== 201) return;
    const allowance = this.days * 86_400_000;
    model.packages.push({
      id: body.id,
      sim,
      auto,
      data,
      allowance,
      status: "NOT_ACTIVE",
      window: WINDOW,
      left: 0,
    });
  }
  toString = () => `create(${this.sim}, ${this.template}, ${this.days}d)`;
}

/** A new template. */
class Offer implements fc.AsyncCommand<Model, Real> {
  readonly auto: boolean;
  readonly data: number;
  constructor(auto: boolean, data: number) {
    this.auto = auto;
    this.data = data;
  }
  check = () => true;
  async run(model: Model, { checked }: Real) {
    const name = `Offer ${model.templates.length + 1}`;
    const { status, body } = await checked.post("/package-templates", {
      name,
      supported_countries: ["DEU"],
      activation_type: this.auto ? "AUTO" : "MANUAL",
      data_usage_allowance: this.data,
      time_allowance: { unit: "SECOND", duration: 86_400 },
      activation_time_allowance: WINDOW / 1000,
      earliest_available_date: 0,
      latest_available_date: Date.UTC(9999, 0, 1),
      inventory: 51952,
    });
    model.templates.push({ auto: this.auto, data: this.data, name });
    expect([status, body.id]).toEqual([201, FIRST_OWN + model.templates.length - 1]);
  }
  toString = () => `offer(${this.auto}, ${this.data})`;
}

/** The usual next step, so that some SIMs get as far as the network. */
const NEXT: Readonly<Record<ModelSim["profile"], (typeof EVENTS)[number]>> = {
  RELEASED: "download",
  DOWNLOADED: "install",
  INSTALLED: "enable",
  ENABLED: "enable",
  DISABLED: "enable",
  DELETED: "download",
};

/** What the sequences of commands must reach. */
const reached = new Set<string>();

/** A device does something with its profile. */
class Device implements fc.AsyncCommand<Model, Real> {
  readonly sim: number;
  readonly event: (typeof EVENTS)[number] | "next";
  constructor(sim: number, event: Device["event"]) {
    this.sim = sim;
    this.event = event;
  }
  check = () => true;
  async run(model: Model, { mock }: Real) {
    const sim = model.sims[this.sim] as ModelSim;
    const { profile } = sim;
    const again = profile === "DOWNLOADED" || profile === "DELETED";
    const rules = {
      download: () => profile === "RELEASED" || (again && sim.further > 0),
      install: () => profile === "DOWNLOADED",
      enable: () => profile === "INSTALLED" || profile === "DISABLED",
      disable: () => profile === "ENABLED",
      delete: () => profile === "INSTALLED" || profile === "DISABLED",
    };
    const states = {
      download: "DOWNLOADED",
      install: "INSTALLED",
      enable: "ENABLED",
      disable: "DISABLED",
      delete: "DELETED",
    } as const;
    const event = this.event === "next" ? NEXT[profile] : this.event;
    const allowed = rules[event]();
    expect(await isRefused(mock.network.profile("user", SIMS[this.sim] as string, event))).toBe(!allowed);
    if (!allowed) return;
    if (event === "download" && again) sim.further -= 1;
    sim.profile = states[event];
  }
  toString = () => `${this.event}(${this.sim})`;
}

/** A service is switched on or off. */
class Switch implements fc.AsyncCommand<Model, Real> {
  readonly sim: number;
  readonly service: Service;
  readonly state: "ENABLED" | "DISABLED";
  constructor(sim: number, service: Service, state: Switch["state"]) {
    this.sim = sim;
    this.service = service;
    this.state = state;
  }
  check = () => true;
  async run(model: Model, { checked }: Real) {
    const change = { [this.service]: { state: this.state } };
    expect((await checked.put(`/sim-pcr-profiles/${SIMS[this.sim]}`, change)).status).toBe(204);
    (model.sims[this.sim] as ModelSim).services[this.service] = this.state;
  }
  toString = () => `switch(${this.sim}, ${this.service}, ${this.state})`;
}

/** A device uses the network. */
class Traffic implements fc.AsyncCommand<Model, Real> {
  readonly sim: number;
  readonly data: number;
  readonly voice: number;
  constructor(sim: number, data: number, voice: number) {
    this.sim = sim;
    this.data = data;
    this.voice = voice;
  }
  check = () => true;
  async run(model: Model, { mock }: Real) {
    const iccid = SIMS[this.sim] as string;
    const sim = model.sims[this.sim] as ModelSim;
    const row = model.live(iccid);
    const isOff = SERVICES.some((service) => this[service] > 0 && sim.services[service] === "DISABLED");
    const starts = row?.status === "NOT_ACTIVE" && row.auto && row.window >= 0;
    const allowed = sim.profile === "ENABLED" && !isOff && (starts || row?.status === "ACTIVE");
    const usage = { data: this.data, voice: this.voice };
    expect(await isRefused(mock.network.traffic("user", iccid, usage))).toBe(!allowed);
    if (!allowed || !row) return;
    if (starts) Object.assign(row, { status: "ACTIVE", left: row.allowance });
    row.data = Math.max(0, row.data - this.data);
    sim.status = "IN_SERVICE";
    reached.add(starts ? "traffic that activates a package" : "traffic of an active package");
  }
  toString = () => `traffic(${this.sim}, ${this.data}, ${this.voice})`;
}

/** Something happens to one package, in the model and in the mock. */
class Happen implements fc.AsyncCommand<Model, Real> {
  readonly what: "activate" | "terminate" | "use" | "suspend" | "resume";
  readonly which: number;
  readonly amount: number;
  constructor(what: Happen["what"], which: number, amount: number) {
    this.what = what;
    this.which = which;
    this.amount = amount;
  }
  check = (model: Readonly<Model>) => model.packages.length > 0;
  async run(model: Model, { api, mock }: Real) {
    const row = choose(model.packages, this.which) as ModelPackage;
    const { status } = row;
    const activate = () => Object.assign(row, { status: "ACTIVE", left: row.allowance });
    const rules = {
      activate: () => status === "NOT_ACTIVE" && row.window >= 0 && activate(),
      terminate: () =>
        (status === "ACTIVE" || status === "SUSPENDED") && Object.assign(row, { status: "TERMINATED" }),
      suspend: () => status === "ACTIVE" && Object.assign(row, { status: "SUSPENDED" }),
      resume: () => status === "SUSPENDED" && Object.assign(row, { status: "ACTIVE" }),
      use: () => {
        const starts = status === "NOT_ACTIVE" && row.auto && row.window >= 0;
        if (!starts && status !== "ACTIVE") return false;
        const { services } = model.sims[SIMS.indexOf(row.sim)] as ModelSim;
        if (this.amount > 0 && services.data === "DISABLED") return false;
        if (starts) activate();
        return Object.assign(row, { data: Math.max(0, row.data - this.amount) });
      },
    };
    const allowed = Boolean(rules[this.what]());
    const happened =
      this.what === "activate" || this.what === "terminate"
        ? (await api[this.what](row.id)).status === 204
        : await (this.what === "use"
            ? mock.network.use("user", row.id, { data: this.amount })
            : mock.network[this.what]("user", row.id)
          ).then(
            () => true,
            () => false,
          );
    expect(happened).toBe(allowed);
  }
  toString = () => `${this.what}(${this.which}, ${this.amount})`;
}

class Wait implements fc.AsyncCommand<Model, Real> {
  readonly hours: number;
  constructor(hours: number) {
    this.hours = hours;
  }
  check(model: Readonly<Model>) {
    const ends = (each: ModelPackage) =>
      [each.window, each.left].every((limit) => Math.abs(limit - this.hours * 3_600_000) >= MARGIN);
    return model.packages.every(ends);
  }
  async run(model: Model, { mock }: Real) {
    await mock.clock.advance(`${this.hours}h`);
    for (const row of model.packages) {
      row.window -= this.hours * 3_600_000;
      row.left -= this.hours * 3_600_000;
      if ((row.status === "ACTIVE" || row.status === "SUSPENDED") && row.left <= 0) row.status = "TERMINATED";
    }
  }
  toString = () => `wait(${this.hours}h)`;
}

class Look implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  async run(model: Model, { api, checked }: Real) {
    await this.lookAtSims(model, checked);
    const seen = [];
    for (const sim of SIMS) seen.push(...(await api.list(`sim=${sim}&count=100`)).body.packages);
    const asModel = seen.map(({ id, sim, status, data_usage_remaining }) => ({
      id,
      sim,
      status,
      data: data_usage_remaining,
    }));
    const expected = SIMS.flatMap((sim) => model.packages.filter((each) => each.sim === sim).reverse());
    expect(asModel).toEqual(expected.map(({ id, sim, status, data }) => ({ id, sim, status, data })));
    for (const each of seen) {
      if (each.activated_date > 0)
        expect(each.expiry_date - each.activated_date).toBe(each.time_allowance * 1000);
    }
    const filters = [
      ...STATUSES.map((each) => `status=${each}`),
      ...Object.keys(TEMPLATES).map((id) => `package_template=${id}`),
    ];
    for (const filter of filters) {
      const { total, packages } = (await api.list(`${filter}&count=1000`)).body;
      expect([filter, total]).toEqual([filter, packages.length]);
    }
  }
  async lookAtSims(model: Model, { get }: Real["checked"]) {
    for (const [n, { status, profile, further, services }] of model.sims.entries()) {
      const iccid = SIMS[n] as string;
      expect((await get(`/sim-registries/${iccid}`)).body.sim_status).toBe(status);
      const { state, reuse_remaining_count } = (await get(`/euicc-profiles/${iccid}`)).body;
      expect([state, reuse_remaining_count]).toEqual([profile, further]);
      const { data, voice, sms } = (await get(`/sim-pcr-profiles/${iccid}`)).body;
      expect([data.state, voice.state, sms.state]).toEqual([services.data, services.voice, "ENABLED"]);
    }
    const count = model.templates.length;
    const { total, package_templates } = (await get(`/package-templates?count=${count}`)).body;
    expect(total).toBe(16 + count);
    expect(package_templates.map(({ name }: { name: string }) => name)).toEqual(
      model.templates.map(({ name }) => name).reverse(),
    );
  }
  toString = () => "look";
}

test("agrees with a simple model, whatever happens in whatever order", async () => {
  const mock = await mockForTest({ stateful: true });
  const sim = fc.nat(SIMS.length - 1);
  const bytes = fc.integer({ min: 0, max: 6 * 2 ** 30 });
  const commands = [
    fc
      .tuple(sim, fc.nat(20), fc.integer({ min: 1, max: 40 }))
      .map(([sim, template, days]) => new Create(sim, template, days)),
    fc.tuple(fc.boolean(), bytes).map(([auto, data]) => new Offer(auto, data)),
    fc.tuple(sim, fc.constantFrom(...EVENTS)).map(([sim, event]) => new Device(sim, event)),
    sim.map((sim) => new Device(sim, "next")),
    fc
      .tuple(sim, fc.constantFrom(...SERVICES), fc.constantFrom("ENABLED", "ENABLED", "ENABLED", "DISABLED"))
      .map(([sim, service, state]) => new Switch(sim, service, state)),
    ...Array.from({ length: 3 }, () =>
      fc.tuple(sim, bytes, fc.nat(2)).map(([sim, data, voice]) => new Traffic(sim, data, voice)),
    ),
    fc
      .tuple(fc.constantFrom("activate", "terminate", "use", "suspend", "resume"), fc.nat(20), bytes)
      .map(([what, which, amount]) => new Happen(what, which, amount)),
    fc.integer({ min: 1, max: 900 }).map((hours) => new Wait(hours)),
    fc.constant(new Look()),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: "max" }), async (sequence) => {
      await mock.reset();
      const model = new Model();
      // Two of the SIMs are on the network already, since few sequences get that far.
      for (const [n, sim] of model.sims.slice(0, 2).entries()) {
        for (const event of ["download", "install", "enable"] as const)
          await mock.network.profile("user", SIMS[n] as string, event);
        sim.profile = "ENABLED";
      }
      const real = { mock, api: account(mock.url), checked: checkedApi(mock.url) };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await new Look().run(model, real);
    }),
    { numRuns: 30 },
  );
  expect([...reached].sort()).toEqual(["traffic of an active package", "traffic that activates a package"]);
}, 60_000);
