import type { FaultSpec } from "@betatelltd/esim-mock";
import { describe, expect, test } from "vitest";
import { esim, keysFor } from "./esim.ts";
import { answer, CREATE, mockWith, packages, SIM, serverThat } from "./servers.ts";

describe("esim packages create", () => {
  test.each<[string, FaultSpec]>([
    ["is lost", { operation: "createPackage", drop: "after", times: 1 }],
    ["is a 500 before anything is done", { operation: "createPackage", status: 500, times: 1 }],
    ["is cut short", { operation: "createPackage", truncate: true, times: 1 }],
  ])("buys once where the answer %s, and says what it does meanwhile", async (_, fault) => {
    const mock = await mockWith(fault);
    const { code, stdout, stderr } = await esim(CREATE, { env: keysFor(mock.url) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID +pkg_\d+\nSIM +8910300000045681955\nStatus +NOT_ACTIVE$/m);
    expect(stderr).toContain("no good answer to the purchase; looking whether it was created …");
    const { stdout: list } = await esim(["packages", "list", "--sim", SIM, "--quiet"], {
      env: keysFor(mock.url),
    });
    expect(list.trim().split("\n")).toHaveLength(1);
  });

  test("says that it was found by looking, when it was", async () => {
    const mock = await mockWith({ operation: "createPackage", drop: "after", times: 1 });
    const { stderr } = await esim(CREATE, { env: keysFor(mock.url) });
    expect(stderr).toContain("created: the answer was lost, and the package was found by looking");
  });

  test("says what cannot be known, when it cannot, and names what may be it", async () => {
    let isBought = false;
    const { url } = await serverThat((response, request, nth) => {
      if (request.method === "POST") {
        isBought = true;
        response.destroy();
        return;
      }
      // A row that does not say which template it is of.
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

  test("with --no-once is one request, and with --json says nothing else", async () => {
    const mock = await mockWith();
    const { code, stdout, stderr } = await esim([...CREATE, "--no-once", "--json"], {
      env: keysFor(mock.url),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ sim: SIM, status: "NOT_ACTIVE" });
    expect((await mock.requests()).map(({ method }) => method)).toEqual(["POST"]);
  });

  test.each([
    ["null", null, "the answer is no package"],
    ["a list", [], "the answer is no package"],
    [
      "another SIM's package",
      { ...packages([9])[0], sim: "8910300000045681963" },
      "the answer is about package pkg_9 of SIM 8910300000045681963, not of",
    ],
  ])("that is answered with %s ends with an error that says to look first", async (_, body, message) => {
    const { url } = await serverThat(answer(201, body));
    const { code, stdout, stderr } = await esim([...CREATE, "--no-once"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain("hint: it may have been created: check with `esim packages list --sim");
  });

  test.each([[null], [[]], ["x"], [{ packages: [] }]])("and get takes no %j for a package", async (body) => {
    const { url } = await serverThat(answer(200, body));
    const { code, stdout, stderr } = await esim(["packages", "get", "pkg_1"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error: the answer is no package");
  });

  test("of a SIM that has one already is refused, and says where to look", async () => {
    const { url } = await mockWith();
    await esim(CREATE, { env: keysFor(url) });
    const { code, stderr } = await esim(CREATE, { env: keysFor(url) });
    expect(code).toBe(5);
    expect(stderr).toContain(`hint: the SIM has a package already: \`esim packages list --sim ${SIM}\``);
  });
});
