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
  /** By ICCID: the SIM's state, where it is not PRE_SERVICE. */
  readonly sims?: Readonly<Record<string, object>>;
  /** By ICCID: what its profile has else; none for a SIM without. */
  readonly profiles?: Readonly<Record<string, object | undefined>>;
  /** By ICCID: the state of the package that it has. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly template?: Misbehaviour;
  readonly inventories?: readonly number[];
  /** Whether the inventory has the template. */
  readonly hasTemplate?: (inventory: number) => boolean;
  /** How many SIMs there are. */
  readonly stock?: number;
  /** Whether its list of SIMs is of all inventories, whichever is asked for. */
  readonly ignoresFilter?: boolean;
  /** What each eUICC profile is answered with. */
  readonly profile?: Misbehaviour;
  /** What a purchase for a SIM is answered with; by default it is made. */
  readonly purchase?: (sim: string) => Misbehaviour | undefined;
}

/** A service that sells SIMs, 1 to 9 by default, of which each is free unless something is said of it. */
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
  test("against the mock sells one SIM after the other, each once", async () => {
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
      new RegExp(`error: SIM ${sim} is not free: package pkg_\\d+ is NOT_ACTIVE\nhint: see it with`),
    );
  });

  test("takes the first that nobody has, and that can be downloaded", async () => {
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

  test("that finds nothing ends with 4 and says what there is", async () => {
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
      "error: no SIM is free in inventory 1: of 9, 7 not PRE_SERVICE, 1 with a package, 1 without a profile that is RELEASED\nhint: see what there is with `esim sims list --inventory 1`, or name another with --inventory\n",
    );
    expect(bought()).toEqual([]);
  });

  test("takes the next where somebody was faster, and the same again where it was named", async () => {
    const taken = (sim: string) => (sim <= iccid(3) ? answer(409, { message: "has one" }) : undefined);
    const { sell, bought } = await shop({ purchase: taken });
    const { code, stderr } = await sell();
    expect(code).toBe(0);
    expect(bought()).toEqual([1, 2, 3, 4].map(iccid));
    expect(stderr).toContain(`SIM ${iccid(3)} has been taken meanwhile; looking for another …`);
    const named = await sell("--sim", iccid(1));
    expect(named.code).toBe(5);
    expect(named.stderr).toContain(`the SIM has a package already: \`esim packages list --sim ${iccid(1)}\``);
    expect(bought()).toHaveLength(5);
  });

  test("takes no other after a purchase that may have happened", async () => {
    const { sell, bought, had } = await shop({
      purchase: (sim) => (response) => {
        // A row that does not say which template it is of.
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

  test("takes no other where a lost answer was followed by a refusal", async () => {
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

  test("finds a package whose answer was lost, and shows its code", async () => {
    const mock = await mockWith({ operation: "createPackage", drop: "after", times: 1 });
    const { code, stdout, stderr } = await esim(["sell", "--template", "21145355", "--yes"], {
      env: keysFor(mock.url),
    });
    expect(code).toBe(0);
    expect(stderr).toContain("sold: the answer was lost, and the package was found by looking");
    expect(stderr).toMatch(/if others sell at the same time, it may be theirs: esim check \d{19}\n/);
    expect(stdout).toMatch(/\n\nLPA:1\$\S+\n$/);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "interrupted by %s during the purchase says what may have happened",
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

  test.skipIf(!existsSync("/dev/full"))("onto a full disk says that it was bought", async () => {
    const { url } = await shop();
    const file = openSync("/dev/full", "w");
    onTestFinished(() => closeSync(file));
    const { code, stderr } = await esim(SELL, { env: keysFor(url), stdout: file });
    expect(code).toBe(1);
    expect(stderr).toContain(`sold package pkg_91 on SIM ${iccid(1)}, but stdout cannot be written [ENOSPC]`);
    expect(stderr).toContain(`see it with \`esim check ${iccid(1)}\`, and do not repeat it`);
  });

  test.skipIf(NO_TERMINAL)("with a code that no QR code can hold says that it was bought", async () => {
    const activation_code = `LPA:1$${"x".repeat(3_000)}$X`;
    const { url, bought } = await shop({ profiles: { [iccid(1)]: { activation_code } } });
    const { code, stdout } = await atTerminal(SELL, { env: keysFor(url) });
    expect({ code, bought: bought() }).toEqual({ code: 0, bought: [iccid(1)] });
    expect(seen(stdout)).toContain("ID        pkg_91\n");
    expect(stdout).toContain(activation_code);
  });

  test("with --dry-run buys nothing, and says what it would", async () => {
    const { sell, bought } = await shop({ packages: { [iccid(1)]: "ACTIVE" } });
    const { code, stdout, stderr } = await sell("--dry-run", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      method: "POST",
      body: { sim: iccid(2), package_template: 7 },
    });
    expect(stderr).toBe(`would sell Europe 1 GB (7) on SIM ${iccid(2)}, which is free now\n`);
    expect(bought()).toEqual([]);
  });

  test("without a terminal and --yes asks nothing of anybody", async () => {
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
  ])("at a terminal asks, and after %j buys what that says", async (keys, exitCode, purchases) => {
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

  test.skipIf(NO_TERMINAL)("at a terminal asks once, also where it takes another SIM", async () => {
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
    expect(stderr).toContain(
      `SIM ${iccid(1)} is not free: it is TERMINATED, and one that can be sold is PRE_SERVICE`,
    );
    expect(bought()).toEqual([]);
  });

  test("buys nothing where it cannot see whether a SIM can be downloaded", async () => {
    const { sell, bought } = await shop({ profile: answer(403, { message: "not for you" }) });
    const { code, stderr } = await sell();
    expect(code).toBe(3);
    expect(stderr).toContain("403 getEUICCProfile: not for you");
    expect(bought()).toEqual([]);
  });

  test("says of a template that is activated by hand how that is done", async () => {
    const { sell } = await shop({ template: answer(200, { ...TEMPLATE, activation_type: "MANUAL" }) });
    const said = `it does not activate itself: esim packages activate ${iccid(1)}\n`;
    expect((await sell()).stderr).toBe(said);
    const other = await shop();
    expect((await other.sell()).stderr).toBe("");
  });

  test("refuses a SIM of another inventory than is named", async () => {
    const { sell, bought } = await shop();
    const { code, stderr } = await sell("--sim", iccid(1), "--inventory", "2");
    expect(code).toBe(2);
    expect(stderr).toContain(`SIM ${iccid(1)} is in inventory 1, and not in 2`);
    expect(bought()).toEqual([]);
  });

  test.each([403, 405, 501])("goes on where the service answers %i to the template", async (status) => {
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
  ])("takes a SIM of the inventory %s", async (_, more, flags, inventory) => {
    const { sell, bought } = await shop({ ...more, sims: { [iccid(5)]: { inventory: 2 } } });
    expect((await sell(...flags)).code).toBe(0);
    expect(bought()).toEqual([inventory === 2 ? iccid(5) : iccid(1)]);
  });

  test("of a template of another inventory says how to name it", async () => {
    const { sell } = await shop({
      purchase: () => answer(400, { message: "template of another inventory" }),
    });
    const { code, stderr } = await sell();
    expect(code).toBe(2);
    expect(stderr).toContain("hint: the template may be for another inventory: name it with --inventory");
  });

  test("gives up where one after the other is refused: that means something else", async () => {
    const { sell, bought } = await shop({
      stock: 12,
      purchase: () => answer(409, { message: "no more today" }),
    });
    const { code, stderr } = await sell();
    expect(code).toBe(5);
    expect(bought()).toHaveLength(10);
    expect(stderr).toContain("409 createPackage: no more today");
  });

  test("gives up where every SIM is refused", async () => {
    const { sell, bought } = await shop({ purchase: () => answer(409, { message: "no" }) });
    const { code, stderr } = await sell();
    expect(code).toBe(4);
    expect(bought()).toHaveLength(9);
    expect(stderr).toContain("no SIM is free in inventory 1: of 9, 9 taken meanwhile");
  });
});
