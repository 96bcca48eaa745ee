import fc from "fast-check";
import { expect, test } from "vitest";
import { account } from "./account.ts";
import { mockForTest } from "./mock-for-test.ts";

/** An account as simple as the rules allow: no database, no HTTP, written apart from the mock. */
class Model {
  packages: ModelPackage[] = [];

  live(sim: string): ModelPackage | undefined {
    return this.packages.find((each) => each.sim === sim && each.status !== "TERMINATED");
  }
}
interface ModelPackage {
  id: string;
  sim: string;
  auto: boolean;
  status: (typeof STATUSES)[number];
  data: number;
  allowance: number;
  /** Milliseconds left until the window closes, or until it expires. */
  window: number;
  left: number;
}
interface Real {
  api: ReturnType<typeof account>;
  mock: Awaited<ReturnType<typeof mockForTest>>;
}

const SIMS = ["8910300000045682001", "8910300000045681955", "8910300000045681607"];
const TEMPLATES = {
  21145354: { auto: false, data: 5 * 2 ** 30 },
  21145355: { auto: true, data: 2 ** 30 },
} as const;
const STATUSES = ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"] as const;
const WINDOW = 2_592_000_000;
/** The real clock runs on while a test does, so no move of the clock ends closer than this to a limit. */
const MARGIN = 3_600_000;

const choose = <T>(rows: readonly T[], n: number): T | undefined => rows[n % Math.max(1, rows.length)];

class Create implements fc.AsyncCommand<Model, Real> {
  readonly sim: number;
  readonly template: keyof typeof TEMPLATES;
  readonly days: number;
  constructor(sim: number, template: keyof typeof TEMPLATES, days: number) {
    this.sim = sim;
    this.template = template;
    this.days = days;
  }
  check = () => true;
  async run(model: Model, { api }: Real) {
    const sim = SIMS[this.sim] as string;
    const expected = model.live(sim) ? 409 : 201;
    const { status, body } = await api.create(sim, this.template, { time_allowance: this.days * 86_400 });
    expect(status).toBe(expected);
    if (status !== 201) return;
    const { auto, data } = TEMPLATES[this.template];
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

/** Something that happens to one package: what the model makes of it, and what the mock says. */
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
  async run(model: Model, { api }: Real) {
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
  toString = () => "look";
}

test("agrees with a simple model, whatever happens in whatever order", async () => {
  const mock = await mockForTest({ stateful: true });
  const commands = [
    fc
      .tuple(
        fc.nat(SIMS.length - 1),
        fc.constantFrom(21145354 as const, 21145355 as const),
        fc.integer({ min: 1, max: 40 }),
      )
      .map(([sim, template, days]) => new Create(sim, template, days)),
    fc
      .tuple(
        fc.constantFrom("activate", "terminate", "use", "suspend", "resume"),
        fc.nat(20),
        fc.integer({ min: 0, max: 6 * 2 ** 30 }),
      )
      .map(([what, which, amount]) => new Happen(what, which, amount)),
    fc.integer({ min: 1, max: 900 }).map((hours) => new Wait(hours)),
    fc.constant(new Look()),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (sequence) => {
      await mock.reset();
      const model = new Model();
      const real = { mock, api: account(mock.url) };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await new Look().run(model, real);
    }),
    { numRuns: 60 },
  );
});
