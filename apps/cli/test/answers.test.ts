import { type HostileServer, startHostileServer } from "@betatelltd/esim-testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ExitCode } from "../src/exit-codes.ts";
import { keysFor } from "./esim.ts";
import { runHere } from "./run-here.ts";
import { SIM } from "./servers.ts";

let answers: Readonly<Record<string, unknown>> = {};
let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer((response, { method, url = "" }) => {
    const [, noun = ""] = url.split(/[/?]/);
    response.writeHead(method === "POST" ? 201 : method === "PUT" ? 204 : 200, {
      "content-type": "application/json",
    });
    response.end(method === "PUT" ? "" : (JSON.stringify(answers[noun]) ?? "null"));
  });
});
afterAll(() => server.close());

/** Every field that the commands read. */
const FIELDS = [
  ..."id name status company parent_inventory wallet whitelist note created_date modified_date iccid sim_status".split(
    " ",
  ),
  ..."inventory group imsis mapped_imsi imsi sponsor_id terminated_date provisioned_date uptime version".split(
    " ",
  ),
  ..."data_usage_allowance voice_usage_allowance time_allowance activation_type activation_time_allowance".split(
    " ",
  ),
  ..."supported_countries latest_available_date unit duration iso2 iso3 state activation_code eid cc_required".split(
    " ",
  ),
  ..."reuse_remaining_count profile_reuse_policy max_count reuse_type data voice sms active_throttling".split(
    " ",
  ),
  ..."wallet_mode wallets balance overdraft wallet_type sim package_template __proto__ new".split(" "),
];
const known = fc.constantFrom<unknown>(
  ...[
    SIM,
    0,
    1,
    -1,
    1e21,
    "",
    "=1",
    "\u001b[31m\u202e",
    null,
    true,
    [],
    {},
    "constructor",
    "DAY",
    "CALENDAR_MONTH",
  ],
  ...["ENABLED", "DISABLED", "RELEASED", "PRE_SERVICE", "TERMINATED", "Active", "NO_LIMIT", "SPEED_X_KBPS"],
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, known, fc.jsonValue(), fc.array(tie("any"), { maxLength: 3 }), tie("row")),
  row: fc.dictionary(fc.constantFrom(...FIELDS), tie("any"), { maxKeys: 12 }),
}));
/** An object of this SIM, so that commands do not reject it early. */
const thing = fc.tuple(value.row, fc.boolean()).map(([row, isOurs]) => (isOurs ? { ...row, ...OURS } : row));
const OURS = { iccid: SIM, sim: SIM };
const page = (field: string) =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .array(fc.oneof(thing, value.any), { maxLength: 4 })
        .map((rows) => ({ total: rows.length, [field]: rows })),
    },
    { weight: 1, arbitrary: value.any },
  );

const LISTS = {
  inventories: "inventories",
  "sim-registries": "sims",
  "package-templates": "package_templates",
  countries: "countries",
} as const;
const listCommands = [
  ...["inventories list", "sims list", "templates list", "countries"],
  ...["inventories list --sort name", "sims list --sort -inventory", "templates list --sort lasts"],
];
const flags = fc.subarray(["--all", "--utc", "--quiet"]);
const forms = fc.constantFrom([], ["--csv"], ["--jsonl"], ["--json"]);

/** The raw cells of CSV, with their quotes. */
function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(?:[,\n]|$)/g)].map(([, cell = ""]) => cell);
}

/** Expects a documented exit code, no bug, and no terminal controls. */
async function expectSurvived(args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runHere(args, {
    ...keysFor(server.url),
    XDG_CONFIG_HOME: "/nowhere",
  });
  expect(Object.values<number>(ExitCode)).toContain(code);
  expect(stderr).not.toMatch(/this is a bug/);
  expect(stdout.replaceAll("\n", "").replaceAll("\t", "")).not.toMatch(/\p{Cc}|\u202e/u);
  if (args.includes("--csv")) for (const cell of cellsOf(stdout)) expect(cell).not.toMatch(/^"?[=@]/);
}

test("prints any list, or reports what is wrong with it", async () => {
  const answered = fc.record(
    Object.fromEntries(Object.entries(LISTS).map(([noun, field]) => [noun, page(field)])),
  );
  await fc.assert(
    fc.asyncProperty(
      answered,
      fc.constantFrom(...listCommands),
      flags,
      forms,
      async (given, command, more, form) => {
        answers = given;
        await expectSurvived([...command.split(" "), ...more, ...form]);
      },
    ),
    { numRuns: 600 },
  );
});

test("prints any SIM, profile, line, template or status, or reports what is wrong with it", async () => {
  const commands = [
    ...["sims get", "profile get", "line get", "qr", "check"].map((each) => [...each.split(" "), SIM]),
    ...[
      ["templates", "get", "7"],
      ["status"],
      ["sell", "--template", "7", "--dry-run"],
      ["sell", "--template", "7", "--sim", SIM, "--yes"],
    ],
    ...[
      ["line", "set", SIM, "--speed", "500k"],
      ["line", "set", SIM, "--data", "off", "--wallet", "sim"],
    ],
  ];
  const nouns = [
    "sim-registries",
    "euicc-profiles",
    "sim-pcr-profiles",
    "package-templates",
    "inventories",
    "status",
  ];
  const answered = fc.record({
    ...Object.fromEntries(nouns.map((noun) => [noun, fc.oneof(thing, thing, value.any)])),
    packages: page("packages"),
  });
  await fc.assert(
    fc.asyncProperty(
      answered,
      fc.constantFrom(...commands),
      flags,
      fc.boolean(),
      async (given, command, more, isJson) => {
        answers = given;
        const others = more.filter((each) => each !== "--all");
        await expectSurvived([...command, ...others, ...(isJson ? ["--json"] : [])]);
      },
    ),
    { numRuns: 800 },
  );
});
