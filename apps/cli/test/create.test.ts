import type { FaultSpec } from "@betatelltd/esim-mock";
import { describe, expect, test } from "vitest";
import { esim, keysFor } from "./esim.ts";
import { answer, CREATE, mockWith, packages, SIM, serverThat } from "./servers.ts";

describe("esim packages create", () => {
  test.each<[string, FaultSpec]>([
    ["is lost", { operation: "createPackage", drop: "after", times: 1 }],
    ["is a 500 before anything is done", { operation: "createPackage", status: 500, times: 1 }],
    ["is cut short", { operation: "createPackage", truncate: true, times: 1 }],
  ])("buys once if the answer %s, and reports its progress", async (_, fault) => {
    const mock = await mockWith(fault);
    const { code, stdout, stderr } = await esim(CREATE, { env: keysFor(mock.url) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID +pkg_\d+\nSIM +8910300000045681955\nStatus +NOT_ACTIVE$/m);
    expect(stderr).toContain(
      "the answer to the purchase was lost; checking whether the package was created …",
    );
    const { stdout: list } = await esim(["packages", "list", "--sim", SIM, "--quiet"], {
      env: keysFor(mock.url),
    });
    expect(list.trim().split("\n")).toHaveLength(1);
  });

  test("says so if it found the package after a lost answer", async () => {
    const mock = await mockWith({ operation: "createPackage", drop: "after", times: 1 });
    const { stderr } = await esim(CREATE, { env: keysFor(mock.url) });
    expect(stderr).toContain("created: the answer was lost, but the package is on the SIM");
  });

  test("says so if the outcome is unknown, and lists the packages that may be it", async () => {
    let isBought = false;
    const { url } = await serverThat((response, request, nth) => {
      if (request.method === "POST") {
        isBought = true;
        response.destroy();
        return;
      }
      // Rows without a template.
      const rows = isBought ? packages([1, 2]) : packages([1]);
      answer(200, { total: rows.length, count: rows.length, offset: 0, packages: rows })(
        response,
        request,
        nth,
      );
    });
    const { code, stderr } = await esim(CREATE, { env: keysFor(url) });
    expect(code).toBe(6);
    expect(stderr).toContain("createPackageOnce: found packages that may or may not be this one");
    expect(stderr).toContain(
      `hint: the package may have been created: check with \`esim packages list --sim ${SIM}\` before you try again (it may be pkg_2)`,
    );
  });

  test("sends one request with --no-once, and writes no messages with --json", async () => {
    const mock = await mockWith();
    const { code, stdout, stderr } = await esim([...CREATE, "--no-once", "--json"], {
      env: keysFor(mock.url),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ sim: SIM, status: "NOT_ACTIVE" });
    expect((await mock.requests()).map(({ method }) => method)).toEqual(["POST"]);
  });

  test.each([
    ["null", null, "the answer is not a valid package"],
    ["a list", [], "the answer is not a valid package"],
    [
      "another SIM's package",
      { ...packages([9])[0], sim: "8910300000045681963" },
      "the server answered with package pkg_9 of SIM 8910300000045681963 instead of",
    ],
  ])("fails if it is answered with %s, and says to check before trying again", async (_, body, message) => {
    const { url } = await serverThat(answer(201, body));
    const { code, stdout, stderr } = await esim([...CREATE, "--no-once"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain("hint: the package may have been created: check with `esim packages list --sim");
  });

  test.each([[null], [[]], ["x"], [{ packages: [] }]])(
    "rejects %j as a package, as get does",
    async (body) => {
      const { url } = await serverThat(answer(200, body));
      const { code, stdout, stderr } = await esim(["packages", "get", "pkg_1"], { env: keysFor(url) });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain("error: the answer is not a valid package");
    },
  );

  test("is refused for a SIM that already has a package, and says where to look", async () => {
    const { url } = await mockWith();
    await esim(CREATE, { env: keysFor(url) });
    const { code, stderr } = await esim(CREATE, { env: keysFor(url) });
    expect(code).toBe(5);
    expect(stderr).toContain(
      `hint: the SIM already has a package: see it with \`esim packages list --sim ${SIM}\``,
    );
  });
});
