import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { width } from "../src/format/text.ts";
import { atTerminal, esim, keysFor, NO_TERMINAL, seen } from "./esim.ts";
import { answer, mockWith, PROFILE, pageOf, SIM, serverThat, serviceOf } from "./servers.ts";

const DAY = 86_400_000;
const INVENTORIES = [
  {
    id: 3,
    name: "Kiosks",
    status: "ACTIVE",
    parent_inventory: 2,
    company: 9,
    created_date: Date.now() - 9 * DAY,
  },
  { id: 1, name: "Travel eSIMs of a name that is long", status: "Active", parent_inventory: 0, company: 9 },
  { id: 2, name: "Airport", status: "NOT_ACTIVE", parent_inventory: 1, company: 9 },
  { id: 4, name: "Lost", status: "LATER", parent_inventory: 99, company: 9 },
];
const SIMS = [
  {
    iccid: SIM,
    sim_status: "IN_SERVICE",
    inventory: 51952,
    group: 1001,
    mapped_imsi: 310260123456789,
    modified_date: DAY,
  },
  {
    iccid: "89148000004012345678",
    sim_status: "LATER",
    inventory: { id: 51952, name: "Travel" },
    group: null,
  },
];
const TEMPLATES = [
  {
    id: 21145366,
    name: "Europe 10 GB 1 month, and more of it",
    status: "Not Active",
    data_usage_allowance: 10 * 2 ** 30,
    time_allowance: { unit: "CALENDAR_MONTH", duration: 1 },
    activation_type: "AUTO",
    supported_countries: ["DEU", "FRA", "ITA", "ESP"],
  },
  { id: 7, name: "Old", status: "Active", time_allowance: 604_800, supported_countries: "DEU" },
  { id: 8, time_allowance: { unit: "MONTH", duration: 3 }, supported_countries: ["DEU"] },
];
const COUNTRIES = [
  { name: "Åland Islands", iso2: "AX", iso3: "ALA" },
  { name: "Germany", iso2: "DE", iso3: "DEU" },
  { name: "Côte d'Ivoire", iso2: "CI", iso3: "CIV" },
  { name: "Bangladesh", iso2: "BD", iso3: "BGD" },
  { name: "Nigeria", iso2: "NG", iso3: "NGA" },
  { name: "Niger", iso2: "NE", iso3: "NER" },
];
const stock = () =>
  serviceOf({
    "GET /inventories": pageOf("inventories", INVENTORIES),
    "GET /sim-registries": pageOf("sims", SIMS),
    "GET /package-templates": pageOf("package_templates", TEMPLATES),
    "GET /countries": pageOf("countries", COUNTRIES),
  });
const LISTS = ["inventories list", "sims list", "templates list", "countries"];

describe("lists of stock", () => {
  test.each([
    [
      "inventories list --columns id,name,status,parent",
      "3\tKiosks\tACTIVE\t2\n1\tTravel eSIMs of a name that is long\tActive\t–\n",
    ],
    [
      "sims list --columns iccid,status,inventory,group,imsi",
      `${SIM}\tIN_SERVICE\t51952\t1001\t310260123456789\n89148000004012345678\tLATER\tTravel (51952)\t–\t–\n`,
    ],
    [
      "templates list",
      "21145366\tEurope 10 GB 1 month, and more of it\tNot Active\t10 GB\t1 month\tAUTO\t4\n7\tOld\tActive\t–\t7 d\t–\tDEU\n8\t–\t–\t–\t3 months\t–\tDEU\n",
    ],
    [
      "countries --columns iso3,name --sort name",
      "BGD\tBangladesh\nCIV\tCôte d'Ivoire\nDEU\tGermany\nNER\tNiger\nNGA\tNigeria\nALA\tÅland Islands\n",
    ],
    ["inventories list --quiet", "3\n1\n2\n4\n"],
    ["sims list --quiet", `${SIM}\n89148000004012345678\n`],
    ["countries --quiet --all", "ALA\nDEU\nCIV\nBGD\nNGA\nNER\n"],
    [
      "sims list --csv --columns iccid,inventory",
      `iccid,inventory\n${SIM},51952\n89148000004012345678,Travel\n`,
    ],
    [
      "templates list --csv --columns id,lasts,countries --sort -lasts",
      "id,lasts,countries\n8,3 months,DEU\n21145366,1 month,DEU FRA ITA ESP\n7,7 d,DEU\n",
    ],
  ])("%s in a pipe", async (command, expected) => {
    const { url } = await stock();
    const { code, stdout } = await esim(command.split(" "), { env: { ...keysFor(url) } });
    expect(code).toBe(0);
    expect(stdout.startsWith(expected)).toBe(true);
  });

  test.each(LISTS)(
    "%s prints the answer unchanged as JSON, and each row unchanged with --all and --jsonl",
    async (command) => {
      const { url } = await stock();
      const run = async (...flags: string[]) =>
        (await esim([...command.split(" "), ...flags], { env: keysFor(url) })).stdout;
      const page = JSON.parse(await run("--json"));
      const [rows] = Object.values(page).filter(Array.isArray);
      expect(page.total).toBe(rows?.length);
      expect(JSON.parse(await run("--all", "--json"))).toEqual(rows);
      const lines = (await run("--all", "--jsonl")).trim().split("\n");
      expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    },
  );

  test("send their filters, and which page", async () => {
    const { url, requests } = await stock();
    for (const command of [
      "inventories list --company 9 --count 5 --offset 2",
      "sims list --inventory 51952 --group 1001",
      "templates ls --inventory 51952",
      "countries --count 3",
    ])
      await esim(command.split(" "), { env: keysFor(url) });
    expect(requests.map((each) => each.url)).toEqual([
      "/inventories?count=5&offset=2&company=9",
      "/sim-registries?group=1001&inventory=51952",
      "/package-templates?inventory=51952",
      "/countries?count=3",
    ]);
  });

  test.each([
    ["germ", "DEU"],
    ["DE", "DEU"],
    ["ner", "NER"],
    ["NG", "NGA"],
    ["nig", "NGA\nNER"],
    ["cote d", "CIV"],
    ["ALAND", "ALA"],
    ["de", "DEU\nBGD"],
    ["niger", "NGA\nNER"],
  ])("esim countries %s finds %s", async (search, expected) => {
    const { url } = await stock();
    const { code, stdout } = await esim(["countries", search, "--quiet"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${expected}\n` });
  });

  test("esim countries says so if nothing matches", async () => {
    const { url } = await stock();
    expect(await esim(["countries", "atlantis"], { env: keysFor(url) })).toEqual({
      code: 0,
      stdout: "",
      stderr: "no country matches\n",
    });
  });

  test("esim countries searches all pages", async () => {
    const { url } = await mockWith();
    const { stdout } = await esim(["countries", "zimbabwe"], { env: keysFor(url) });
    expect(stdout).toBe("ZWE\tZW\tZimbabwe\n");
  });

  test.each([
    [["countries", "x", "--watch", "5s"], "--watch shows one page only"],
    [["sims", "list", "--columns", "id"], "There is no such column. Choose from iccid, status,"],
    [["inventories", "list", "--csv", "--json"], "--json and --csv cannot be combined"],
  ])("%j is wrong usage", async (args, message) => {
    const { code, stderr } = await esim(args, { env: keysFor("http://127.0.0.1:2") });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each(LISTS)("%s fails if the answer is not a list", async (command) => {
    const { url } = await serverThat(answer(200, { hello: "world" }));
    const { code, stderr } = await esim(command.split(" "), { env: keysFor(url) });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the answer is not a list of [a-zA-Z]+\nhint: /);
  });

  test.each(LISTS)("%s says that a service without it may be older", async (command) => {
    const { url } = await serverThat(answer(501, { message: "not implemented" }));
    const { code, stderr } = await esim(command.split(" "), { env: keysFor(url) });
    expect(code).toBe(6);
    expect(stderr).toContain("hint: the server does not offer this, and may be older");
  });
});

describe.skipIf(NO_TERMINAL)("at a terminal", () => {
  test.each([40, 60, 80].flatMap((columns) => LISTS.map((command) => [command, columns] as const)))(
    "%s fits %i columns, and never cuts IDs",
    async (command, columns) => {
      const { url } = await stock();
      const { code, stdout } = await atTerminal(command.split(" "), { env: keysFor(url), columns });
      expect(code).toBe(0);
      const lines = seen(stdout)
        .split("\n")
        .filter((line) => /^(\d|[A-Z]{2}|ICCID)/.test(line) && !/ of \d|^no room/.test(line));
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
      if (command === "sims list") expect(lines[1]?.startsWith(SIM)).toBe(true);
    },
  );

  test("nested inventories are below their parent, unless sorted", async () => {
    const { url } = await stock();
    const names = async (...flags: string[]) => {
      const args = ["inventories", "list", "--columns", "id,name", ...flags];
      const { stdout } = await atTerminal(args, { env: keysFor(url), columns: 80 });
      return seen(stdout).trimEnd().split("\n").slice(1);
    };
    expect(await names()).toEqual([
      "1   Travel eSIMs of a name that is long",
      "2     Airport",
      "3       Kiosks",
      "4   Lost",
    ]);
    expect(await names("--sort", "id")).toEqual([
      "1   Travel eSIMs of a name that is long",
      "2   Airport",
      "3   Kiosks",
      "4   Lost",
    ]);
  });

  test("inventories that contain each other are all listed", async () => {
    const rows = [
      { id: 1, name: "a", parent_inventory: 2 },
      { id: 2, name: "b", parent_inventory: 1 },
      { id: 3, name: "c", parent_inventory: 3 },
      { name: "d" },
    ];
    const { url } = await serverThat(answer(200, pageOf("inventories", rows)));
    const { stdout } = await atTerminal(["inventories", "list", "--columns", "name"], { env: keysFor(url) });
    expect(
      seen(stdout)
        .trim()
        .split("\n")
        .map((line) => line.trim())
        .sort(),
    ).toEqual(["NAME", "a", "b", "c", "d"]);
  });
});

describe("a single object", () => {
  test("can be a SIM, with what it belongs to by name or by ID", async () => {
    const sim = {
      iccid: SIM,
      sim_status: "PRE_SERVICE",
      inventory: { id: 51952, name: "Travel eSIMs" },
      group: 1001,
      imsis: [{ sponsor_id: 200, imsi: 310260123456789 }, { imsi: 1 }],
      mapped_imsi: 310260123456789,
      terminated_date: 0,
      more: true,
    };
    const { url } = await serviceOf({ [`GET /sim-registries/${SIM}`]: sim });
    expect(
      (await esim(["sims", "get", "8910 3000 0004 5681 955"], { env: keysFor(url) })).stdout,
    ).toBe(`ICCID        ${SIM}
Status       PRE_SERVICE
Inventory    Travel eSIMs (51952)
Group        1001
Terminated   –
IMSI in use  310260123456789
IMSIs        310260123456789 (sponsor 200)
             1
more         true
`);
    expect(JSON.parse((await esim(["sims", "get", SIM, "--json"], { env: keysFor(url) })).stdout)).toEqual(
      sim,
    );
  });

  test("can be a template", async () => {
    const { url } = await mockWith();
    const { stdout } = await esim(["templates", "get", "21145366"], { env: keysFor(url) });
    expect(stdout).toMatch(/^Data +10 GB$/m);
    expect(stdout).toMatch(/^Lasts +1 month$/m);
    expect(stdout).toMatch(/^Countries +AUT BEL/m);
  });

  test("can be a profile, with its remaining downloads", async () => {
    const profile = {
      ...PROFILE,
      eid: "",
      cc_required: false,
      reuse_enabled: true,
      reuse_remaining_count: 0,
      profile_reuse_policy: { reuse_type: "NEW_EID_MID", max_count: 5 },
    };
    const { url } = await serviceOf({ [`GET /euicc-profiles/${SIM}`]: profile });
    const { stdout } = await esim(["profile", "get", SIM], { env: keysFor(url) });
    expect(stdout).toMatch(/^State +RELEASED: not yet downloaded$/m);
    expect(stdout).toContain(`${PROFILE.activation_code}\n`);
    expect(stdout).toMatch(/^Downloads left +0 of 5$/m);
    expect(stdout).toMatch(/^Reuse policy +NEW_EID_MID: also on another device$/m);
    expect(stdout).toMatch(/^EID +–$/m);
  });

  test.each([
    [["sims", "get", SIM], "hint: find the SIM with `esim sims list`"],
    [["templates", "get", "1"], "hint: find the template with `esim templates list`"],
    [["profile", "get", SIM], "hint: the SIM may have no eUICC profile"],
  ])("that is unknown to %j exits with 4 and says how to find one", async (args, hint) => {
    const { url } = await serviceOf({});
    const { code, stderr } = await esim(args, { env: keysFor(url) });
    expect(code).toBe(4);
    expect(stderr).toContain(hint);
  });

  test.each([["sims"], ["profile"], ["line"]])(
    "in %s get needs a valid ICCID, and a matching answer",
    async (noun) => {
      const { url, requests } = await serverThat(answer(200, { hello: "world" }));
      expect((await esim([noun, "get", "123"], { env: keysFor(url) })).stderr).toContain(
        "An ICCID has 19 or 20 digits.",
      );
      expect(requests).toHaveLength(0);
      expect(await esim([noun, "get", SIM], { env: keysFor(url) })).toMatchObject({ code: 1, stdout: "" });
    },
  );
});

describe("esim status", () => {
  test("needs no keys, and sends none", async () => {
    const { url, requests } = await serviceOf({
      "GET /status": { status: "Running", version: "2", uptime: "3 days" },
    });
    expect(await esim(["status"], { env: { ESIM_BASE_URL: url } })).toEqual({
      code: 0,
      stdout: `✓ ${url}: Running, version 2, up for 3 days\n`,
      stderr: "",
    });
    expect(
      (await esim(["status", "--base-url", url, "--quiet"], { env: keysFor("http://127.0.0.1:2") })).code,
    ).toBe(0);
    for (const { headers } of requests) {
      expect(headers).not.toHaveProperty("x-api-key");
      expect(headers).not.toHaveProperty("x-user-id");
    }
  });

  test.each<[string, unknown, number, string]>([
    ["503", answer(503, { message: "down for a while" }), 6, "hint: the service is down"],
    [
      "a state that is none",
      { status: "error", version: "1" },
      6,
      "the service reports that it is not working: error, version 1",
    ],
    ...["false", " down", "offline", "critical", ""].map((status): [string, unknown, number, string] => [
      `"${status}"`,
      { status, version: "1" },
      6,
      "the service reports that it is not working",
    ]),
    [
      "false",
      { status: false, version: "1" },
      6,
      "the service reports that it is not working: false, version 1",
    ],
    ["no status", { hello: "world" }, 1, "the answer is not a valid service status"],
    ["a page", (response: ServerResponse) => response.end("<p>Hi"), 1, "no JSON"],
  ])("fails if answered with %s", async (_, route, exitCode, message) => {
    const { url } = await serviceOf({ "GET /status": route });
    const { code, stdout, stderr } = await esim(["status", "--base-url", url, "--timeout", "1"]);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("prints one short line, whatever the service sends", async () => {
    const { url } = await serviceOf({
      "GET /status": { status: "x".repeat(50_000), version: "y".repeat(50_000), uptime: -5 },
    });
    const { code, stdout } = await esim(["status", "--base-url", url]);
    expect(code).toBe(0);
    expect(stdout.length).toBeLessThan(300);
    expect(stdout).toMatch(/up for -5\n$/);
  });

  test("exits with 6 if the server cannot be reached", async () => {
    const { code, stderr } = await esim(["status", "--base-url", "http://127.0.0.1:2"]);
    expect(code).toBe(6);
    expect(stderr).toContain("could not connect");
  });
});
