import { marks } from "./marks.ts";

/** One run of the program that ends with an error. */
export interface CliPath {
  readonly args: readonly string[];
  /** What the server does; nothing where it should not be asked. */
  readonly way?: string;
  /** Whether the keys are those that were stored, rather than the environment's. */
  readonly stored?: boolean;
  /** What the environment has besides. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Whether it is interrupted once the server is asked. */
  readonly interrupted?: boolean;
}

const SIM = "8910300000045681955";
const commands = [
  ["check", SIM],
  ["sell", "--template", "1", "--yes"],
  ["packages", "list"],
  ["packages", "list", "--all"],
  ["packages", "get", "pkg_1"],
  ["packages", "create", "--sim", SIM, "--template", "1"],
  ["packages", "activate", "pkg_1"],
  ["packages", "terminate", "pkg_1", "--yes"],
  ["templates", "list"],
  ["templates", "get", "1"],
  [
    "templates",
    "create",
    "--name",
    "a",
    "--country",
    "DEU",
    "--data",
    "1GB",
    "--duration",
    "7d",
    "--activation",
    "auto",
    "--available-until",
    "2099-12-31",
    "--inventory",
    "1",
  ],
  ["inventories", "list"],
  ["sims", "list"],
  ["sims", "get", SIM],
  ["profile", "get", SIM],
  ["qr", SIM],
  ["line", "get", SIM],
  ["line", "set", SIM, "--data", "off"],
  ["countries"],
  ["status"],
  ["api", "GET", "/packages/pkg_1"],
  ["doctor"],
];
const forms = [[], ["--json"]];
const { userId, apiKey } = marks;
const urlWithKeys = `https://${encodeURIComponent(userId)}:${encodeURIComponent(apiKey)}@example.com`;
const lines = (...keys: string[]) => `${keys.join("\n")}\n`;

/** Every command, answered in every way; one half as JSON, and one half with stored keys. */
export function answered(ways: readonly string[]): CliPath[] {
  const all = ways.flatMap((way) => commands.map((command) => ({ way, command })));
  return all.map(({ way, command }, n) => ({
    args: [...command, "--timeout", "1", ...(forms[n % 2] ?? [])],
    way,
    stored: n % 4 > 1,
  }));
}

/** What goes wrong before a server is asked, or whatever it answers. */
export const mistaken: readonly CliPath[] = forms.flatMap((form) =>
  [
    { args: ["packages", "list"], env: { ESIM_API_KEY: `${apiKey}\n` } },
    { args: ["packages", "list"], env: { ESIM_USER_ID: `"${userId}"` } },
    { args: ["doctor"], env: { ESIM_API_KEY: `${apiKey} ` } },
    { args: ["packages", "list"], env: { ESIM_BASE_URL: urlWithKeys } },
    { args: ["packages", "list"], env: { ESIM_BASE_URL: urlWithKeys }, stored: true },
    { args: ["packages", "activate", "pkg_1", "--dry-run"], env: { ESIM_BASE_URL: urlWithKeys } },
    { args: ["doctor", "--contract"], env: { ESIM_BASE_URL: urlWithKeys } },
    { args: ["doctor"], env: { ESIM_BASE_URL: urlWithKeys }, stored: true },
    { args: ["login", "--base-url", urlWithKeys], stdin: lines(userId, apiKey) },
    { args: ["doctor", "--contract"], way: "401" },
    { args: ["packages", "list", "--base-url", "http://127.0.0.1:2"] },
    { args: ["packages", "get", ".."] },
    { args: ["packages", "lost"] },
    { args: ["packages", "terminate", "pkg_1"] },
    { args: ["packages", "activate", "pkg_1", "--dry-run"] },
    { args: ["completion", "tcsh"] },
    { args: ["help", "lost"] },
    { args: ["version"] },
    { args: ["profiles", "list"], stored: true },
    { args: ["profiles", "use", "lost"], stored: true },
    { args: ["profiles", "remove", "lost"], stored: true },
    { args: ["packages", "list"], way: "no answer", interrupted: true },
    { args: ["packages", "activate", "pkg_1"], way: "no answer", interrupted: true },
    { args: ["login"], stdin: lines(userId) },
    { args: ["login"], stdin: lines(userId, `${apiKey} and more`) },
    { args: ["login"], stdin: lines(`${userId}é`, apiKey) },
    { args: ["login", "--base-url", "http://example.com"], stdin: lines(userId, apiKey) },
    {
      args: ["login"],
      stdin: lines(userId, apiKey),
      env: { ESIM_BASE_URL: urlWithKeys },
    },
    { args: ["login"], stdin: lines(userId, apiKey), env: { XDG_CONFIG_HOME: "/dev/null" } },
    { args: ["logout"], env: { XDG_CONFIG_HOME: "/dev/null" } },
  ].map(({ args, ...rest }) => ({ args: [...args, ...form], ...rest })),
);
