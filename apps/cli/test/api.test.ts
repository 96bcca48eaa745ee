import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configFolder, esim, keysFor } from "./esim.ts";
import { answer, mockWith, SIM, serverThat } from "./servers.ts";

describe("esim api", () => {
  test("sends what it is given, with the keys, and prints the answer as it comes", async () => {
    const body = '{"total":1 , "packages":[{"id":"\u00e9"}]}\n';
    const server = await serverThat((response) => response.end(body));
    const env = keysFor(server.url);
    const { code, stdout } = await esim(["api", "get", "/packages?count=2&x=a%20b"], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: body });
    expect(server.requests).toMatchObject([
      {
        method: "GET",
        url: "/packages?count=2&x=a%20b",
        headers: { "x-api-key": env.ESIM_API_KEY, "x-user-id": env.ESIM_USER_ID },
      },
    ]);
  });

  test.each(["a file", "stdin"])("takes a body from %s", async (source) => {
    const mock = await mockWith();
    const { folder } = await configFolder();
    const file = join(folder, "package.json");
    const body = JSON.stringify({ sim: SIM, package_template: 21145354 });
    writeFileSync(file, body);
    const { code, stdout } = await esim(
      ["api", "POST", "/packages", "--input", source === "stdin" ? "-" : file],
      {
        env: keysFor(mock.url),
        input: body,
      },
    );
    expect(code).toBe(0);
    const { id } = JSON.parse(stdout);
    expect(await esim(["api", "POST", `packages/${id}/activate`], { env: keysFor(mock.url) })).toMatchObject({
      code: 0,
      stdout: "",
    });
    expect(
      JSON.parse((await esim(["api", "GET", `/packages/${id}`], { env: keysFor(mock.url) })).stdout).status,
    ).toBe("ACTIVE");
  });

  test.each([
    [404, 4],
    [401, 3],
    [409, 5],
    [503, 6],
  ])("prints the body of a %i, and ends with %i", async (status, exitCode) => {
    const { url } = await serverThat(answer(status, { message: "because" }));
    const { code, stdout, stderr } = await esim(["api", "GET", "/packages/pkg_1", "--timeout", "1"], {
      env: keysFor(url),
    });
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '{"message":"because"}' });
    expect(stderr).toContain(`error: ${status} GET /packages/pkg_1\nhint: `);
  });

  test.each([
    ["/packages?sim=a b", "/packages?sim=a%20b"],
    ["/packages?sim=a%20b&x=%zz+", "/packages?sim=a%20b&x=%zz+"],
    ["/packages?name=Zürich\t日本\n", "/packages?name=Z%C3%BCrich%09%E6%97%A5%E6%9C%AC%0A"],
    ["/packages?a[]=1&b='<\"|\\^`{}>'", "/packages?a[]=1&b='%3C%22%7C%5C%5E%60%7B%7D%3E'"],
    ["/packages?", "/packages"],
  ])("escapes in the query %j what a URL cannot have, and nothing else", async (path, url) => {
    const server = await serverThat(answer(200, {}));
    expect(await esim(["api", "GET", path], { env: keysFor(server.url) })).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(server.requests).toMatchObject([{ url }]);
  });

  test.each([
    ["UTF-8", "\ufeff", "utf8"],
    ["UTF-16", "\ufeff", "utf16le"],
    ["nothing", "", "utf8"],
  ] as const)("takes a body that begins with the mark of %s", async (_, mark, encoding) => {
    const { folder } = await configFolder();
    const file = join(folder, "package.json");
    const body = '{"sim":"é"}';
    writeFileSync(file, mark + body, encoding);
    const server = await serverThat(answer(201, {}));
    const { code } = await esim(["api", "POST", "/packages", "--input", file], { env: keysFor(server.url) });
    expect(code).toBe(0);
    expect(server.requests).toMatchObject([{ body }]);
  });

  test.each([
    ["GET", "/packages/pkg_1", "find the package with `esim packages list --sim ICCID`"],
    ["POST", "/packages/pkg_1/activate", "find the package with `esim packages list --sim ICCID`"],
    ["POST", "/packages", "check the SIM and the template, and the address with `esim doctor`"],
    ["GET", "/packages", "check the address with `esim doctor`"],
  ])("says of a 404 for %s %s what is missing", async (method, path, hint) => {
    const { url } = await serverThat(answer(404, { message: "not found" }));
    const { code, stderr } = await esim(["api", method, path], { env: keysFor(url) });
    expect(code).toBe(4);
    expect(stderr).toContain(`hint: ${hint}\n`);
  });

  test.each([
    ["90", "try again in 90 seconds"],
    ["Thu, 01 Jan 2026 03:00:00 GMT", "try again in 3 h"],
    ["2275242244", "the server names a time that is more than a week away"],
    ["Fri, 01 Jan 2100 00:00:00 GMT", "the server names a time that is more than a week away"],
    ["soon", "wait, then try again\n"],
  ])("says of a 429 with Retry-After %s how long to wait, as other commands do", async (wait, hint) => {
    const { url } = await serverThat((response) =>
      response
        .writeHead(429, { date: "Thu, 01 Jan 2026 00:00:00 GMT", "retry-after": wait })
        .end('{"message":"slow down"}'),
    );
    const limit = ["--timeout", "1"];
    for (const args of [
      ["api", "POST", "/packages/x/activate"],
      ["packages", "activate", "x"],
    ]) {
      const { code, stderr } = await esim([...args, ...limit], { env: keysFor(url) });
      expect(code).toBe(6);
      expect(stderr).toContain(hint);
    }
  });

  test("takes no page for an answer, and prints no key that it quotes", async () => {
    const { url } = await serverThat((response, { headers }) =>
      response.end(`<p>${headers["x-api-key"]}</p>`),
    );
    const { code, stdout, stderr } = await esim(["api", "GET", "/packages"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("no JSON");
    expect(stderr).not.toContain(keysFor(url).ESIM_API_KEY);
  });

  test("says of a write that failed that it may have happened", async () => {
    const { url } = await serverThat(answer(500, {}));
    const { code, stderr } = await esim(["api", "POST", "/packages/pkg_1/activate"], { env: keysFor(url) });
    expect(code).toBe(6);
    expect(stderr).toContain(
      "hint: the request may have succeeded: check with `esim packages get pkg_1` before you try again",
    );
  });

  test.each([
    [["GET", "/nope"], "the API has no path /nope"],
    [["GET", "https://example.com/packages"], "the API has no path https://example.com/packages"],
    [["GET", "//example.com/packages"], "the API has no path"],
    [["GET", "/packages/../admin"], "the API has no path /packages/../admin"],
    [["GET", "/packages/.."], "id must be a text or a number that names one thing"],
    [["GET", "/packages/%2e%2e"], "id must be a text or a number that names one thing"],
    [["GET", "/packages/%zz"], "the path has a % that begins no escape"],
    [["GET", "/packages?a=b#c"], "write # as %23"],
    [["DELETE", "/packages/pkg_1"], "the API has no DELETE /packages/{id}"],
    [["__proto__", "/packages"], "the API has no __PROTO__ /packages"],
    [["POST", "/packages", "--input", "/nowhere.json"], "/nowhere.json cannot be read [ENOENT]"],
    [["POST", "/packages", "--input", "-"], "the body is not JSON"],
  ])("refuses %j before anything is sent", async (args, message) => {
    const server = await serverThat(answer(200, {}));
    const { code, stdout, stderr } = await esim(["api", ...args], { env: keysFor(server.url) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(server.requests).toHaveLength(0);
  });
});
