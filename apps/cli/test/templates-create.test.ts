import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configFolder, esim, keysFor } from "./esim.ts";
import { answer, mockWith, serviceOf } from "./servers.ts";

const GIVEN = {
  "--name": "Europe 5 GB",
  "--country": "DEU,fra",
  "--data": "5GB",
  "--duration": "7d",
  "--activation": "auto",
  "--available-until": "2099-12-31",
  "--inventory": "51952",
};
const args = (flags: Readonly<Record<string, string | undefined>> = {}) => [
  "templates",
  "create",
  ...Object.entries({ ...GIVEN, ...flags }).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, value],
  ),
];
const MADE = { id: 8, name: "Europe 5 GB", time_allowance: { unit: "SECOND", duration: 604_800 } };
const shop = () => serviceOf({ "POST /package-templates": answer(201, MADE) });

/** The request for these flags. */
async function requestOf(...given: string[]) {
  const { code, stdout, stderr } = await esim([...given, "--dry-run", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout).body;
}

describe("esim templates create", () => {
  test("creates a template that can be found and sold", async () => {
    const { url } = await mockWith();
    const env = keysFor(url);
    const { code, stdout } = await esim([...args(), "--json"], { env });
    expect(code).toBe(0);
    const { id } = JSON.parse(stdout);
    const shown = await esim(["templates", "get", `${id}`, "--json"], { env });
    expect(JSON.parse(shown.stdout)).toMatchObject({
      name: "Europe 5 GB",
      supported_countries: ["DEU", "FRA"],
      activation_type: "AUTO",
      data_usage_allowance: 5 * 2 ** 30,
      time_allowance: { unit: "SECOND", duration: 604_800 },
    });
    expect((await esim(["sell", "--template", `${id}`, "--yes"], { env })).code).toBe(0);
  });

  test("sends the flags, and defaults for the rest", async () => {
    const before = Date.now();
    const body = await requestOf(...args(), "--country", "ITA", "--country", "DEU");
    expect(body).toMatchObject({
      name: "Europe 5 GB",
      supported_countries: ["DEU", "FRA", "ITA"],
      activation_type: "AUTO",
      data_usage_allowance: 5 * 2 ** 30,
      time_allowance: { unit: "SECOND", duration: 604_800 },
      activation_time_allowance: 2_592_000,
      latest_available_date: Date.UTC(2099, 11, 31, 23, 59, 59, 999),
      inventory: 51952,
    });
    expect(body.earliest_available_date).toBeGreaterThanOrEqual(before);
    expect(Object.keys(body)).toHaveLength(9);
  });

  test.each([
    ["--duration", "1month", { time_allowance: { unit: "CALENDAR_MONTH", duration: 1 } }],
    ["--duration", "3 months", { time_allowance: { unit: "CALENDAR_MONTH", duration: 3 } }],
    ["--duration", "604800", { time_allowance: { unit: "SECOND", duration: 604_800 } }],
    ["--data", "1.5 GB", { data_usage_allowance: 1.5 * 2 ** 30 }],
    ["--data", "500mb", { data_usage_allowance: 500 * 2 ** 20 }],
    ["--data", "1048576", { data_usage_allowance: 1_048_576 }],
    ["--data", "2GiB", { data_usage_allowance: 2 ** 31 }],
    ["--activation", "manual", { activation_type: "MANUAL" }],
    ["--activation-window", "12h", { activation_time_allowance: 43_200 }],
    ["--available-from", "2030-02-01", { earliest_available_date: Date.UTC(2030, 1, 1) }],
    ["--available-from", "2030-02-01T12:00+01:00", { earliest_available_date: Date.UTC(2030, 1, 1, 11) }],
    ["--available-until", "2031-02-01T12:00:00Z", { latest_available_date: Date.UTC(2031, 1, 1, 12) }],
  ])("accepts %s %s", async (flag, value, expected) => {
    expect(await requestOf(...args({ [flag]: value }))).toMatchObject(expected);
  });

  test.each<[Record<string, string | undefined>, string]>([
    [{ "--name": undefined, "--data": undefined }, "missing: --name, --data"],
    [{ "--name": " " }, "--name is empty"],
    [{ "--country": "Germany" }, "`esim countries SEARCH` finds them"],
    [{ "--country": "DE" }, "three-letter"],
    [{ "--country": "," }, "three-letter"],
    [{ "--data": "much" }, "Expected an amount of data"],
    [{ "--data": "-1GB" }, "Expected an amount of data"],
    [{ "--data": "99999999TB" }, "Expected an amount of data"],
    [{ "--duration": "0months" }, "Expected a duration"],
    [{ "--duration": "0" }, "Expected a duration"],
    [{ "--duration": "1year" }, "Expected a duration"],
    [{ "--activation": "later" }, "Expected auto or manual."],
    [{ "--available-until": "2030-02-30" }, "Expected a day, such as 2027-01-31"],
    [{ "--available-until": "soon" }, "Expected a day, such as 2027-01-31"],
    [
      { "--available-from": "2099-12-31", "--available-until": "2030-01-01" },
      "--available-until is not after --available-from",
    ],
    [{ "--input": "x.json" }, "--input cannot be combined with --name, --country,"],
  ])("refuses %j before anything is sent", async (flags, message) => {
    const { url, requests } = await shop();
    const { code, stderr } = await esim(args(flags), { env: keysFor(url) });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(requests).toHaveLength(0);
  });

  test.each(["a file", "stdin"])("sends %s unchanged", async (source) => {
    const { folder } = await configFolder();
    const file = join(folder, "template.json");
    const body = { name: "as it is", more: [1] };
    writeFileSync(file, JSON.stringify(body));
    const { url, requests } = await shop();
    const input = source === "stdin" ? "-" : file;
    const { code, stdout } = await esim(["templates", "create", "--input", input], {
      env: keysFor(url),
      input: JSON.stringify(body),
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID +8\nName +Europe 5 GB\nLasts +7 d$/m);
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual(body);
  });

  test("may have succeeded if its answer is lost, and says how to check", async () => {
    const { url } = await serviceOf({
      "POST /package-templates": (response: ServerResponse) => response.destroy(),
    });
    const { code, stderr } = await esim(args(), { env: keysFor(url) });
    expect(code).toBe(6);
    expect(stderr).toContain(
      "hint: the template may have been created: check with `esim templates list --inventory 51952 --sort -created` before you try again",
    );
  });

  test("may have succeeded if the answer is not a template", async () => {
    const { url } = await serviceOf({ "POST /package-templates": answer(201, []) });
    const { code, stderr } = await esim(args(), { env: keysFor(url) });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "error: the answer is not a valid template\nhint: the template may have been created",
    );
  });
});
