import { closeSync, existsSync, openSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OPERATIONS, type Operation } from "@betatelltd/esim-sdk";
import { describe, expect, test } from "vitest";
import { atTerminal, configFolder, esim, keysFor, NO_TERMINAL } from "./esim.ts";
import { answer, mockWith, SIM, serverThat } from "./servers.ts";

const IMAGE = Buffer.from("89504e470d0a1a0a00ff00fe", "hex");
const QR = `/euicc-profiles/${SIM}/qrcode`;
const imageServer = () =>
  serverThat((response) => response.writeHead(200, { "content-type": "image/png" }).end(IMAGE));

describe("esim api with an image", () => {
  test("writes its bytes to a pipe", async () => {
    const { url } = await imageServer();
    const { folder } = await configFolder();
    const file = join(folder, "code.png");
    const stdout = openSync(file, "w");
    const { code } = await esim(["api", "GET", QR], { env: keysFor(url), stdout });
    closeSync(stdout);
    expect(code).toBe(0);
    expect(readFileSync(file)).toEqual(IMAGE);
  });

  test("writes it to a private file, and overwrites nothing by accident", async () => {
    const { url, requests } = await imageServer();
    const { folder } = await configFolder();
    const file = join(folder, "code.png");
    const write = (...flags: string[]) =>
      esim(["api", "GET", QR, "--output", file, ...flags], { env: keysFor(url) });
    expect(await write()).toEqual({
      code: 0,
      stdout: "",
      stderr: `wrote ${IMAGE.length} bytes to ${file}\n`,
    });
    expect(readFileSync(file)).toEqual(IMAGE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await write()).code).toBe(2);
    expect(requests).toHaveLength(1);
    expect((await write("--force", "--quiet")).stderr).toBe("");
  });

  test.skipIf(NO_TERMINAL)("is refused at a terminal before anything is sent", async () => {
    const { url, requests } = await imageServer();
    const { code, stdout } = await atTerminal(["api", "GET", QR], { env: keysFor(url) });
    expect(code).toBe(2);
    expect(stdout).toContain("error: getQRCode returns an image, which a terminal cannot show");
    expect(stdout).toContain(`hint: pass --output FILE, or draw the code with \`esim qr ${SIM}\``);
    expect(requests).toHaveLength(0);
  });

  test("prints an error answer, and writes no file", async () => {
    const { url } = await serverThat(answer(404, { message: "no code" }));
    const { folder } = await configFolder();
    const file = join(folder, "code.png");
    const { code, stdout, stderr } = await esim(["api", "GET", QR, "--output", file], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '{"message":"no code"}' });
    expect(stderr).toContain(`hint: see the state of its profile with \`esim profile get ${SIM}\``);
    expect(() => statSync(file)).toThrow("ENOENT");
  });
});

describe("esim api, writing the answer of a write to a file", () => {
  const create = async (file: string) => {
    const { url, requests } = await serverThat(answer(201, { id: "pkg_1" }));
    const ran = await esim(["api", "POST", "/packages", "--input", "-", "--output", file], {
      env: keysFor(url),
      input: "{}",
    });
    return { ...ran, requests };
  };

  test.each(["none/answer.json", "file/answer.json", ".", "loop"])(
    "sends nothing if the file cannot be written: %s",
    async (name) => {
      const { folder } = await configFolder();
      writeFileSync(join(folder, "file"), "mine");
      symlinkSync("loop", join(folder, "loop"));
      const { code, requests } = await create(join(folder, name));
      expect({ code, requests: requests.length }).toEqual({ code: 2, requests: 0 });
    },
  );

  test.skipIf(!existsSync("/dev/full"))("reports that the write succeeded if the disk is full", async () => {
    const { code, stderr, requests } = await create("/dev/full");
    expect({ code, requests: requests.length }).toEqual({ code: 1, requests: 1 });
    expect(stderr).toBe(
      "error: 201 POST /packages, but cannot write /dev/full [ENOSPC]\n" +
        "hint: the request succeeded: do not repeat it, and see the result with `esim packages list`\n",
    );
  });
});

describe("esim api", () => {
  test("accepts every operation of the document", async () => {
    const server = await serverThat((response, { method }) =>
      method === "GET" ? response.end("{}") : response.writeHead(204).end(),
    );
    const operations: Operation[] = Object.values(OPERATIONS);
    for (const { method, path, hasBody, returns } of operations.filter((each) => each.returns !== "bytes")) {
      const target = path.replace("{iccid}", SIM).replace("{id}", "7");
      const flags = hasBody ? ["--input", "-"] : [];
      const { code, stderr } = await esim(["api", method, target, ...flags], {
        env: keysFor(server.url),
        input: "{}",
      });
      // A 201 needs a body: an empty one would be an error.
      expect({ path, stderr: method === "GET" || returns === "nothing" ? stderr : "" }).toEqual({
        path,
        stderr: "",
      });
      expect(code === 0 || returns === "json").toBe(true);
      expect(server.requests.at(-1)).toMatchObject({ method, url: target });
    }
  });

  test.each([
    ["PUT", `/sim-pcr-profiles/${SIM}`, `esim line get ${SIM}`],
    ["POST", "/package-templates", "esim templates list --sort -created"],
  ])("says which command to check with after a failed %s %s", async (method, path, lookUp) => {
    const { url } = await serverThat(answer(500, {}));
    const args = ["api", method, path, "--input", "-"];
    const { code, stderr } = await esim(args, { env: keysFor(url), input: "{}" });
    expect(code).toBe(6);
    expect(stderr).toContain(`check with \`${lookUp}\` before you try again`);
  });

  test("sends the request with the keys, and prints the answer unchanged", async () => {
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

  test.each(["a file", "stdin"])("reads a body from %s", async (source) => {
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
  ])("prints the body of a %i, and exits with %i", async (status, exitCode) => {
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
  ])("escapes only what a URL cannot contain in the query %j", async (path, url) => {
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
  ] as const)("accepts a body with the byte order mark of %s", async (_, mark, encoding) => {
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
    ["GET", `/euicc-profiles/${SIM}`, "the SIM may have no eUICC profile; list SIMs with `esim sims list`"],
    ["GET", `/sim-registries/${SIM}`, "find the SIM with `esim sims list`"],
    ["GET", "/packages", "check the address with `esim doctor`"],
  ])("says what is missing after a 404 for %s %s", async (method, path, hint) => {
    const { url } = await serverThat(answer(404, { message: "not found" }));
    const { code, stderr } = await esim(["api", method, path], { env: keysFor(url) });
    expect(code).toBe(4);
    expect(stderr).toContain(`hint: ${hint}\n`);
  });

  test.each([
    ["90", "try again in 90 seconds"],
    ["Thu, 01 Jan 2026 03:00:00 GMT", "try again in 3 h"],
    ["2275242244", "the server gives a time more than a week away"],
    ["Fri, 01 Jan 2100 00:00:00 GMT", "the server gives a time more than a week away"],
    ["soon", "wait a moment, then try again\n"],
  ])("says how long to wait after a 429 with Retry-After %s, like other commands", async (wait, hint) => {
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

  test("rejects an HTML page, and prints no key that it contains", async () => {
    const { url } = await serverThat((response, { headers }) =>
      response.end(`<p>${headers["x-api-key"]}</p>`),
    );
    const { code, stdout, stderr } = await esim(["api", "GET", "/packages"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("no JSON");
    expect(stderr).not.toContain(keysFor(url).ESIM_API_KEY);
  });

  test("says that a failed write may have succeeded", async () => {
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
    [["GET", "/packages/.."], "id must be a number or a non-empty string"],
    [["GET", "/packages/%2e%2e"], "id must be a number or a non-empty string"],
    [["GET", "/packages/%zz"], "the path contains a % that is not part of an escape"],
    [["GET", "/packages?a=b#c"], "write # as %23"],
    [["DELETE", "/packages/pkg_1"], "the API has no DELETE /packages/{id}"],
    [["__proto__", "/packages"], "the API has no __PROTO__ /packages"],
    [["POST", "/packages", "--input", "/nowhere.json"], "cannot read /nowhere.json [ENOENT]"],
    [["POST", "/packages", "--input", "-"], "the body is not JSON"],
    [["GET", "/packages", "--force"], "--force works with --output only"],
  ])("refuses %j before anything is sent", async (args, message) => {
    const server = await serverThat(answer(200, {}));
    const { code, stdout, stderr } = await esim(["api", ...args], { env: keysFor(server.url) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(server.requests).toHaveLength(0);
  });
});
