import { closeSync, existsSync, openSync } from "node:fs";
import type { Misbehaviour } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { atTerminal, esim, keysFor, NO_TERMINAL, seen, typing } from "./esim.ts";
import { answer, mockWith, PROFILE, pageOf, serverThat } from "./servers.ts";

const TEMPLATE = { id: 7, name: "Europe 1 GB", status: "Active", activation_type: "AUTO" };
const SELL = ["sell", "--template", "7", "--yes"];
const iccid = (n: number) => `89103000000456${String(n).padStart(5, "0")}`;
const codeOf = (sim: string) => `LPA:1$smdp.example.com$${sim.slice(-5)}`;

interface Shop {
  /** By ICCID: fields of the SIM, such as a state other than PRE_SERVICE. */
  readonly sims?: Readonly<Record<string, object>>;
  /** By ICCID: fields of the profile; `undefined` for a SIM without one. */
  readonly profiles?: Readonly<Record<string, object | undefined>>;
  /** By ICCID: the state of its package. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly template?: Misbehaviour;
  readonly inventories?: readonly number[];
  /** Whether an inventory lists the template. */
  readonly hasTemplate?: (inventory: number) => boolean;
  /** The number of SIMs, by default 9. */
  readonly stock?: number;
  /** Whether the list of SIMs ignores the inventory filter. */
  readonly ignoresFilter?: boolean;
  /** Answers requests for eUICC profiles. */
  readonly profile?: Misbehaviour;
  /** Answers a purchase; by default it succeeds. */
  readonly purchase?: (sim: string) => Misbehaviour | undefined;
}

/** A service with SIMs, all free unless configured otherwise. */
async function shop({ sims = {}, profiles = {}, packages = {}, ...more }: Shop = {}) {
  const all = Array.from({ length: more.stock ?? 9 }, (_, n) => iccid(n + 1));
  const had = new Map(
    Object.entries(packages).map(([sim, status]) => [sim, [{ id: `pkg_${sim.slice(-1)}`, sim, status }]]),
  );
  const server = await serverThat((response, request, nth) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const [, noun = "", id = ""] = pathname.split("/");
    const say = (status: number, body: unknown) => answer(status, body)(response, request, nth);
    const simOf = (sim: string) => ({ iccid: sim, sim_status: "PRE_SERVICE", inventory: 1, ...sims[sim] });
    const inventory = Number(searchParams.get("inventory"));
    if (noun === "package-templates" && id)
      return (more.template ?? answer(200, TEMPLATE))(response, request, nth);
    if (noun === "package-templates")
      return say(200, pageOf("package_templates", more.hasTemplate?.(inventory) ? [TEMPLATE] : []));
    if (noun === "inventories")
      return say(
        200,
        pageOf(
          "inventories",
          (more.inventories ?? [1]).map((id) => ({ id })),
        ),
      );
    if (noun === "sim-registries" && id) return say(200, simOf(id));
    if (noun === "sim-registries")
      return say(
        200,
        pageOf(
          "sims",
          all.map(simOf).filter((each) => !inventory || more.ignoresFilter || each.inventory === inventory),
        ),
      );
    if (noun === "euicc-profiles" && more.profile) return more.profile(response, request, nth);
    if (noun === "euicc-profiles") {
      const isMissing = id in profiles && profiles[id] === undefined;
      return say(
        isMissing ? 404 : 200,
        isMissing ? {} : { ...PROFILE, iccid: id, activation_code: codeOf(id), ...profiles[id] },
      );
    }
    if (request.method === "GET")
      return say(200, pageOf("packages", had.get(searchParams.get("sim") ?? "") ?? []));
    const { sim, package_template } = JSON.parse(server.requests[nth]?.body ?? "{}");
    const refusal = more.purchase?.(sim);
    if (refusal) return refusal(response, request, nth);
    const made = {
      id: `pkg_9${sim.slice(-1)}`,
      sim,
      status: "NOT_ACTIVE",
      package_template: { id: package_template },
    };
    had.set(sim, [made]);
    return say(201, made);
  });
  const bought = () =>
    server.requests.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body).sim);
  const sell = (...flags: string[]) => esim([...SELL, ...flags], { env: keysFor(server.url) });
  return { ...server, had, bought, sell };
}

describe("esim sell", () => {
  test("sells one SIM after another, each once, against the mock", async () => {
    const mock = await mockWith();
    const env = keysFor(mock.url);
    const sold = new Set<string>();
    for (let n = 0; n < 3; n++) {
      const { code, stdout, stderr } = await esim(["sell", "--template", "21145355", "--yes", "--json"], {
        env,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const { sim, activation_code, found, package: made } = JSON.parse(stdout);
      expect(found).toBe(false);
      expect(made).toMatchObject({ sim, status: "NOT_ACTIVE", package_template: { id: 21145355 } });
      expect((await esim(["qr", sim], { env })).stdout).toBe(`${activation_code}\n`);
      expect((await esim(["packages", "list", "--sim", sim, "--quiet"], { env })).stdout).toBe(
        `${made.id}\n`,
      );
      sold.add(sim);
    }
    expect(sold.size).toBe(3);
    const [sim = ""] = sold;
    const again = await esim(["sell", "--template", "21145355", "--sim", sim, "--yes"], { env });
    expect(again.code).toBe(5);
    expect(again.stderr).toMatch(
      new RegExp(`error: SIM ${sim} is not free: package pkg_\\d+ is NOT_ACTIVE\nhint: check it with`),
    );
  });

  test("picks the first SIM that is free and can be downloaded", async () => {
    const { sell, bought } = await shop({
      sims: {
        [iccid(1)]: { sim_status: "IN_SERVICE" },
        [iccid(2)]: { sim_status: "LATER" },
        [iccid(9)]: { iccid: null },
      },
      packages: { [iccid(3)]: "NOT_ACTIVE", [iccid(4)]: "PAUSED", [iccid(8)]: "TERMINATED" },
      profiles: {
        [iccid(5)]: { state: "INSTALLED" },
        [iccid(6)]: undefined,
        [iccid(7)]: { activation_code: "" },
      },
    });
    const { code, stdout } = await sell();
    expect(code).toBe(0);
    expect(stdout).toContain("ID        pkg_98\n");
    expect(stdout.endsWith(`\n\n${codeOf(iccid(8))}\n`)).toBe(true);
    expect(bought()).toEqual([iccid(8)]);
  });

  test("exits with 4 if no SIM is free, and says why", async () => {
    const all = Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7].map((n) => [iccid(n), { sim_status: "IN_SERVICE" }]),
    );
    const { sell, bought } = await shop({
      sims: all,
      packages: { [iccid(8)]: "ACTIVE" },
      profiles: { [iccid(9)]: { state: "ERROR" } },
    });
    const { code, stderr } = await sell("--inventory", "1");
    expect(code).toBe(4);
    expect(stderr).toBe(
      "error: no SIM is free in inventory 1: of 9, 7 not PRE_SERVICE, 1 with a package, 1 without a RELEASED profile\nhint: list the SIMs with `esim sims list --inventory 1`, or pass another --inventory\n",
    );
    expect(bought()).toEqual([]);
  });

  test("picks the next SIM after a conflict, but not if --sim was given", async () => {
    const taken = (sim: string) => (sim <= iccid(3) ? answer(409, { message: "has one" }) : undefined);
    const { sell, bought } = await shop({ purchase: taken });
    const { code, stderr } = await sell();
    expect(code).toBe(0);
    expect(bought()).toEqual([1, 2, 3, 4].map(iccid));
    expect(stderr).toContain(`SIM ${iccid(3)} has just been taken; looking for another …`);
    const named = await sell("--sim", iccid(1));
    expect(named.code).toBe(5);
    expect(named.stderr).toContain(
      `the SIM already has a package: see it with \`esim packages list --sim ${iccid(1)}\``,
    );
    expect(bought()).toHaveLength(5);
  });

  test("stops after a purchase that may have succeeded", async () => {
    const { sell, bought, had } = await shop({
      purchase: (sim) => (response) => {
        // A row without a template.
        had.set(sim, [{ id: "pkg_new", sim, status: "NOT_ACTIVE" }]);
        response.destroy();
      },
    });
    const { code, stderr } = await sell();
    expect(code).toBe(6);
    expect(bought()).toEqual([iccid(1)]);
    expect(stderr).toContain(
      `the package may have been created: check with \`esim packages list --sim ${iccid(1)}\` before you try again (it may be pkg_new)`,
    );
  });

  test("stops after a lost answer that is followed by a conflict", async () => {
    let attempts = 0;
    const { sell, bought, had } = await shop({
      purchase: (sim) => (response, request, nth) => {
        if (++attempts === 1) return response.destroy();
        had.set(sim, [{ id: "pkg_new", sim, status: "NOT_ACTIVE" }]);
        return answer(409, { message: "has one" })(response, request, nth);
      },
    });
    const { code, stderr } = await sell();
    expect(code).toBe(6);
    expect(bought()).toEqual([iccid(1), iccid(1)]);
    expect(stderr).toContain("the package may have been created");
  });

  test("finds the package after a lost answer, and shows the code", async () => {
    const mock = await mockWith({ operation: "createPackage", drop: "after", times: 1 });
    const { code, stdout, stderr } = await esim(["sell", "--template", "21145355", "--yes"], {
      env: keysFor(mock.url),
    });
    expect(code).toBe(0);
    expect(stderr).toContain("sold: the answer was lost, but the package is on the SIM");
    expect(stderr).toMatch(/if others are selling too, it may be theirs: check with `esim check \d{19}`\n/);
    expect(stdout).toMatch(/\n\nLPA:1\$\S+\n$/);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "says what may have happened when interrupted by %s during the purchase",
    async (signal, exitCode) => {
      let send = () => {};
      const { url } = await shop({ purchase: () => () => send() });
      const { code, stderr } = await esim(SELL, {
        env: keysFor(url),
        during: (child) => {
          send = () => child.kill(signal);
        },
      });
      expect(code).toBe(exitCode);
      expect(stderr).toContain(
        `the package may have been created: check with \`esim packages list --sim ${iccid(1)}\``,
      );
    },
  );

  test.skipIf(!existsSync("/dev/full"))("says that the package was sold if the disk is full", async () => {
    const { url } = await shop();
    const file = openSync("/dev/full", "w");
    onTestFinished(() => closeSync(file));
    const { code, stderr } = await esim(SELL, { env: keysFor(url), stdout: file });
    expect(code).toBe(1);
    expect(stderr).toContain(`sold package pkg_91 on SIM ${iccid(1)}, but cannot write to stdout [ENOSPC]`);
    expect(stderr).toContain(`see the result with \`esim check ${iccid(1)}\``);
  });

  test.skipIf(NO_TERMINAL)("prints a code as text that is too long for a QR code", async () => {
    const activation_code = `LPA:1$${"x".repeat(3_000)}$X`;
    const { url, bought } = await shop({ profiles: { [iccid(1)]: { activation_code } } });
    const { code, stdout } = await atTerminal(SELL, { env: keysFor(url) });
    expect({ code, bought: bought() }).toEqual({ code: 0, bought: [iccid(1)] });
    expect(seen(stdout)).toContain("ID        pkg_91\n");
    expect(stdout).toContain(activation_code);
  });

  test("buys nothing with --dry-run, and says what it would buy", async () => {
    const { sell, bought } = await shop({ packages: { [iccid(1)]: "ACTIVE" } });
    const { code, stderr } = await sell("--dry-run");
    expect(code).toBe(0);
    expect(stderr).toBe(`would sell Europe 1 GB (7) on SIM ${iccid(2)}, which is free now\n`);
    const document = await sell("--dry-run", "--json");
    expect(document).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(document.stdout)).toMatchObject({
      method: "POST",
      body: { sim: iccid(2), package_template: 7 },
    });
    expect(bought()).toEqual([]);
  });

  test("refuses to run without a terminal or --yes", async () => {
    const { url, requests } = await shop();
    const { code, stderr } = await esim(["sell", "--template", "7"], { env: keysFor(url) });
    expect(code).toBe(2);
    expect(stderr).toContain("hint: pass --yes to skip the question");
    expect(requests).toHaveLength(0);
  });

  test.skipIf(NO_TERMINAL).each([
    ["y\r", 0, 1],
    ["n\r", 2, 0],
    ["\u0003", 130, 0],
  ])("asks at a terminal, and follows the answer %j", async (keys, exitCode, purchases) => {
    const { url, bought } = await shop();
    const { code, stdout } = await atTerminal(["sell", "--template", "7"], {
      env: keysFor(url),
      columns: 80,
      during: typing(["[y/N] ", keys]),
    });
    expect(seen(stdout)).toContain(`Sell Europe 1 GB (7) on SIM ${iccid(1)}? This buys a package.`);
    expect(code).toBe(exitCode);
    expect(bought()).toHaveLength(purchases);
    expect(stdout.includes(codeOf(iccid(1)))).toBe(purchases > 0);
  });

  test.skipIf(NO_TERMINAL)("asks only once, even if it picks another SIM", async () => {
    const taken = (sim: string) => (sim === iccid(1) ? answer(409, { message: "has one" }) : undefined);
    const { url, bought } = await shop({ purchase: taken });
    const { code } = await atTerminal(["sell", "--template", "7"], {
      env: keysFor(url),
      columns: 80,
      during: typing(["[y/N] ", "y\r"]),
    });
    expect(code).toBe(0);
    expect(bought()).toEqual([iccid(1), iccid(2)]);
  });

  test.each(["De-activated", "Not Active"])("refuses a template that is %s", async (status) => {
    const { sell, bought } = await shop({ template: answer(200, { ...TEMPLATE, status }) });
    const { code, stderr } = await sell();
    expect(code).toBe(2);
    expect(stderr).toContain(`template Europe 1 GB (7) is ${status}`);
    expect(bought()).toEqual([]);
  });

  test("refuses a SIM that is not free", async () => {
    const { sell, bought } = await shop({ sims: { [iccid(1)]: { sim_status: "TERMINATED" } } });
    const { code, stderr } = await sell("--sim", iccid(1));
    expect(code).toBe(2);
    expect(stderr).toContain(`SIM ${iccid(1)} is not free: it is TERMINATED, not PRE_SERVICE`);
    expect(bought()).toEqual([]);
  });

  test("buys nothing if it cannot check whether a SIM can be downloaded", async () => {
    const { sell, bought } = await shop({ profile: answer(403, { message: "not for you" }) });
    const { code, stderr } = await sell();
    expect(code).toBe(3);
    expect(stderr).toContain("403 getEUICCProfile: not for you");
    expect(bought()).toEqual([]);
  });

  test("says how to activate a package that does not activate itself", async () => {
    const { sell } = await shop({ template: answer(200, { ...TEMPLATE, activation_type: "MANUAL" }) });
    const said = `the package must be activated: esim packages activate ${iccid(1)}\n`;
    expect((await sell()).stderr).toBe(said);
    const other = await shop();
    expect((await other.sell()).stderr).toBe("");
  });

  test("refuses a SIM from another inventory than --inventory", async () => {
    const { sell, bought } = await shop();
    const { code, stderr } = await sell("--sim", iccid(1), "--inventory", "2");
    expect(code).toBe(2);
    expect(stderr).toContain(`SIM ${iccid(1)} is in inventory 1, not in 2`);
    expect(bought()).toEqual([]);
  });

  test.each([403, 405, 501])("continues if the service answers %i to the template", async (status) => {
    const { sell, bought } = await shop({ template: answer(status, { message: "no" }) });
    expect((await sell()).code).toBe(0);
    expect(bought()).toEqual([iccid(1)]);
  });

  test.each<[string, Shop, string[], number]>([
    ["that is named", {}, ["--inventory", "2"], 2],
    ["that the template names", { template: answer(200, { ...TEMPLATE, inventory: 2 }) }, [], 2],
    ["that is named, though the service lists them all", { ignoresFilter: true }, ["--inventory", "2"], 2],
    ["that alone has the template", { inventories: [1, 2, 3], hasTemplate: (id) => id === 2 }, [], 2],
    [
      "that comes first, where several have the template",
      { inventories: [1, 2], hasTemplate: () => true },
      [],
      1,
    ],
    [
      "that comes first, where there are too many to look for the template",
      { inventories: Array.from({ length: 21 }, (_, n) => n + 1), hasTemplate: (id) => id === 2 },
      [],
      1,
    ],
  ])("picks a SIM from the inventory %s", async (_, more, flags, inventory) => {
    const { sell, bought } = await shop({ ...more, sims: { [iccid(5)]: { inventory: 2 } } });
    expect((await sell(...flags)).code).toBe(0);
    expect(bought()).toEqual([inventory === 2 ? iccid(5) : iccid(1)]);
  });

  test("says how to pass the inventory of a template from another one", async () => {
    const { sell } = await shop({
      purchase: () => answer(400, { message: "template of another inventory" }),
    });
    const { code, stderr } = await sell();
    expect(code).toBe(2);
    expect(stderr).toContain("hint: the template may belong to another inventory: find it with");
  });

  test("gives up after ten conflicts", async () => {
    const { sell, bought } = await shop({
      stock: 12,
      purchase: () => answer(409, { message: "no more today" }),
    });
    const { code, stderr } = await sell();
    expect(code).toBe(5);
    expect(bought()).toHaveLength(10);
    expect(stderr).toContain("409 createPackage: no more today");
  });

  test("gives up if every SIM conflicts, and writes only JSON to stderr with --json", async () => {
    const { sell, bought } = await shop({ purchase: () => answer(409, { message: "no" }) });
    const { code, stderr } = await sell();
    expect(code).toBe(4);
    expect(bought()).toHaveLength(9);
    expect(stderr).toContain("no SIM is free in inventory 1: of 9, 9 just taken");
    const document = await sell("--json");
    expect(JSON.parse(document.stderr)).toMatchObject({ error: { exitCode: 4 } });
  });
});
