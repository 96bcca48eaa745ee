import { describe, expect, test } from "vitest";
import { asIccid } from "../src/arguments.ts";
import { joinIccid } from "../src/join-iccid.ts";
import { esim, keysFor } from "./esim.ts";
import { mockWith, SIM, serverOf } from "./servers.ts";

const row = (n: number, status: string) => ({ id: `pkg_${n}`, sim: SIM, status });

describe("an ICCID instead of a package ID", () => {
  test.each([
    ["get", [row(1, "TERMINATED"), row(2, "ACTIVE")], "GET /packages/pkg_2"],
    ["show", [row(1, "TERMINATED"), row(2, "NOT_ACTIVE")], "GET /packages/pkg_2"],
    ["get", [row(1, "TERMINATED")], "GET /packages/pkg_1"],
    ["activate", [row(1, "TERMINATED"), row(2, "NOT_ACTIVE")], "POST /packages/pkg_2/activate"],
    ["terminate", [row(1, "SUSPENDED"), row(2, "TERMINATED")], "POST /packages/pkg_1/terminate"],
  ])("selects the package for %s", async (command, rows, request) => {
    const server = await serverOf(rows);
    const yes = command === "terminate" ? ["--yes"] : [];
    const { code, stderr } = await esim(["packages", command, SIM, ...yes], { env: keysFor(server.url) });
    expect({ code, stderr: stderr.includes("error") }).toEqual({ code: 0, stderr: false });
    const last = server.requests.at(-1);
    expect(`${last?.method} ${last?.url}`).toBe(request);
  });

  test("lists several matching packages, and changes none", async () => {
    const server = await serverOf([row(1, "ACTIVE"), row(2, "SUSPENDED")]);
    const { code, stderr } = await esim(["packages", "terminate", SIM, "--yes"], {
      env: keysFor(server.url),
    });
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: SIM ${SIM} has 2 matching packages: pkg_1 is ACTIVE, pkg_2 is SUSPENDED\nhint: pass the ID of one, such as \`esim packages terminate pkg_1\`\n`,
    );
    expect(server.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  test.each([
    ["activate", [row(1, "ACTIVE")], 2, "no package that can be activated: pkg_1 is ACTIVE"],
    ["terminate", [row(1, "NOT_ACTIVE")], 2, "no package that can be terminated: pkg_1 is NOT_ACTIVE"],
    ["get", [], 4, "no package to show: it has no package"],
  ])("lists the SIM's packages if none matches %s", async (command, rows, exitCode, message) => {
    const { url } = await serverOf(rows);
    const { code, stderr } = await esim(
      ["packages", command, SIM, "--yes"].slice(0, command === "terminate" ? 4 : 3),
      {
        env: keysFor(url),
      },
    );
    expect(code).toBe(exitCode);
    expect(stderr).toContain(`error: SIM ${SIM} has ${message}`);
    expect(stderr).toContain(`hint: check the SIM with \`esim check ${SIM}\``);
  });

  test("is looked up in a dry run, which changes nothing", async () => {
    const server = await serverOf([row(1, "ACTIVE")]);
    const { code, stdout } = await esim(["packages", "terminate", SIM, "--dry-run"], {
      env: keysFor(server.url),
    });
    expect(code).toBe(0);
    expect(stdout).toContain(`POST ${server.url}/packages/pkg_1/terminate`);
    expect(server.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  test("works against the stateful mock from purchase to termination", async () => {
    const { url } = await mockWith();
    const env = keysFor(url);
    await esim(["packages", "create", "--sim", "8910 3000 0004 5681 955", "--template", "21145354"], { env });
    for (const command of ["activate", "terminate"])
      expect(
        await esim(["packages", command, SIM, ...(command === "terminate" ? ["--yes"] : [])], { env }),
      ).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(new RegExp(`^${command}d pkg_\\d+\\n$`)),
      });
  });
});

describe("a copied ICCID", () => {
  test.each([
    "8910\u00ad3000\u200b00045681955",
    "\u202d8910300000045681955\u202c",
    "8910.3000.0004.5681.955",
    "8910\u22123000\u22120004\u22125681\u2212955",
    "\uff18\uff19\uff11\uff10300000045681955",
  ])("is recognised in %j", (text) => {
    expect(asIccid(text)).toBe(SIM);
  });

  test.each([
    "891030000004568195",
    "891030000004568195512",
    "8910300000045681955x",
    "pkg_8910300000045681955",
  ])("is not recognised in %j", (text) => {
    expect(asIccid(text)).toBeUndefined();
  });
});

describe("an ICCID in groups", () => {
  test.each([
    [
      ["check", "8910", "3000", "0004", "5681", "955"],
      ["check", SIM],
    ],
    [
      ["list", "--sim", "8910", "3000", "00045681955", "--count", "5"],
      ["list", "--sim", SIM, "--count", "5"],
    ],
    [
      ["--count", "5", "8910", "3000", "0004", "5681", "955"],
      ["--count", "5", SIM],
    ],
    [
      ["--count", "20", "--offset", "40"],
      ["--count", "20", "--offset", "40"],
    ],
    // An extra number must not be joined into another ICCID.
    [
      ["create", "--sim", "8910", "3000", "0004", "5681", "201", "5"],
      ["create", "--sim", "8910", "3000", "0004", "5681", "201", "5"],
    ],
    [
      ["get", "123", "456"],
      ["get", "123", "456"],
    ],
  ])("is joined from %j, leaving other numbers alone", (args, joined) => {
    expect(joinIccid(args)).toEqual(joined);
  });
});
