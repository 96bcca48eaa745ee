import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { CERTIFICATE, KEYS } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { configFolder, esim, keysFor } from "./esim.ts";
import { answer, mockWith, packages, serverOf, serverThat } from "./servers.ts";

const HTTP = { ESIM_USER_ID: KEYS.userId, ESIM_API_KEY: KEYS.apiKey, ESIM_BASE_URL: "http://esim-mock:4010" };

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** The API over TLS, with a certificate that is only trusted through the file. */
async function secureApi() {
  const body = JSON.stringify({ total: 1, count: 1, offset: 0, packages: packages([1]) });
  const port = await listening(createSecureServer(CERTIFICATE, (_, response) => response.end(body)));
  const { folder } = await configFolder();
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, CERTIFICATE.cert);
  return { url: `https://localhost:${port}`, authority };
}

/** A proxy that connects anywhere, and lists the hosts. */
async function startProxy(status = 200) {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, client) => {
    asked.push(`${request.url}`);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const [host = "", port] = `${request.url}`.split(":");
    const server = connect(Number(port), host === "localhost" ? "127.0.0.1" : host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      server.pipe(client).pipe(server);
    });
    for (const each of [server, client]) each.on("error", () => {});
  });
  return { asked, url: `http://127.0.0.1:${await listening(proxy)}` };
}

describe("http to another machine", () => {
  test("is refused, with a hint", async () => {
    const { code, stderr } = await esim(["packages", "list"], { env: HTTP });
    expect(code).toBe(2);
    expect(stderr).toBe(
      "error: http://esim-mock:4010 (environment variable ESIM_BASE_URL) is not encrypted: anyone on the network could read the keys\n" +
        "hint: use https, or pass --insecure-http for a mock on your own network\n",
    );
  });

  // A proxy receives the requests for the other machine.
  test.each<[string, string[], Record<string, string>]>([
    ["--insecure-http", ["--insecure-http"], {}],
    ["the variable", [], { ESIM_ALLOW_INSECURE_HTTP: "1" }],
  ])("is allowed by %s, with a warning", async (_, flags, variables) => {
    const server = await serverOf(packages([1]));
    const env = { ...HTTP, ...variables, HTTP_PROXY: server.url };
    const { code, stdout, stderr } = await esim(
      ["packages", "list", "--quiet=", ...flags].filter((each) => each !== "--quiet="),
      { env },
    );
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("pkg_1") });
    expect(stderr).toContain("warning: the keys are sent to http://esim-mock:4010 unencrypted");
    const document = await esim(["packages", "list", "--json", ...flags], { env });
    expect(JSON.parse(document.stderr)).toMatchObject({
      warning: { message: expect.stringContaining("http://esim-mock:4010 unencrypted") },
    });
    expect(server.requests[0]).toMatchObject({
      url: "http://esim-mock:4010/packages",
      headers: { "x-api-key": KEYS.apiKey },
    });
  });

  test.each(["0", "false", ""])("is not allowed by ESIM_ALLOW_INSECURE_HTTP=%s", async (value) => {
    const { code } = await esim(["packages", "list"], { env: { ...HTTP, ESIM_ALLOW_INSECURE_HTTP: value } });
    expect(code).toBe(2);
  });
});

describe("a proxy", () => {
  test("is used for https, and shown by doctor without its password", async () => {
    const { url, authority } = await secureApi();
    const proxy = await startProxy();
    const env = {
      ...keysFor(url),
      NODE_EXTRA_CA_CERTS: authority,
      HTTPS_PROXY: proxy.url.replace("//", "//me:secret@"),
    };
    expect((await esim(["packages", "list", "--quiet"], { env })).stdout).toBe("pkg_1\n");
    expect(proxy.asked).toEqual([new URL(url).host]);
    const { code, stdout } = await esim(["doctor"], { env });
    expect(code).toBe(0);
    expect(stdout).toContain(`✓ proxy: ${proxy.url} from the environment`);
    expect(stdout).toContain(`and those in ${authority} (NODE_EXTRA_CA_CERTS)`);
    expect(stdout).not.toContain("secret@");
  });

  test("may have no scheme, and is not used for hosts in NO_PROXY", async () => {
    const { url, authority } = await secureApi();
    const proxy = await startProxy();
    const env = { ...keysFor(url), NODE_EXTRA_CA_CERTS: authority, https_proxy: new URL(proxy.url).host };
    const list = (more: object) => esim(["packages", "list", "--quiet"], { env: { ...env, ...more } });
    expect((await list({})).stdout).toBe("pkg_1\n");
    expect((await list({ NO_PROXY: "example.com,localhost" })).stdout).toBe("pkg_1\n");
    expect(proxy.asked).toHaveLength(1);
  });

  test("that refuses is named in the error", async () => {
    const { url, authority } = await secureApi();
    const proxy = await startProxy(403);
    const env = { ...keysFor(url), NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY: proxy.url };
    const { code, stderr } = await esim(["packages", "activate", "pkg_1", "--timeout", "2"], { env });
    expect(code).toBe(6);
    expect(stderr).toContain("the proxy refused the connection");
    expect(stderr).not.toContain("may have been");
  });

  test("that is not http or https is refused", async () => {
    const env = { ...keysFor("https://example.com"), HTTPS_PROXY: "socks5://me:secret@127.0.0.1:1" };
    for (const args of [["packages", "list"], ["doctor"]]) {
      const { code, stdout, stderr } = await esim(args, { env });
      expect(code).toBe(2);
      expect(stdout + stderr).toContain("the proxy in the environment is not an http or https URL");
      expect(stdout + stderr).not.toContain("secret");
    }
  });

  test("is never used for http to this machine", async () => {
    const { url } = await mockWith();
    const env = { ...keysFor(url), HTTP_PROXY: "http://127.0.0.1:2", ALL_PROXY: "http://127.0.0.1:2" };
    expect((await esim(["packages", "list"], { env })).code).toBe(0);
  });
});

describe("certificates", () => {
  test("that are not trusted give a hint about NODE_EXTRA_CA_CERTS", async () => {
    const { url } = await secureApi();
    const { code, stderr } = await esim(["packages", "activate", "pkg_1"], { env: keysFor(url) });
    expect(code).toBe(6);
    expect(stderr).toContain(
      "the server's certificate is not trusted; for a private certificate authority, set NODE_EXTRA_CA_CERTS",
    );
    expect(stderr).not.toContain("may have been");
  });

  test.each<[string, Record<string, string>, string]>([
    [
      "a file that is not there",
      { NODE_EXTRA_CA_CERTS: "/nowhere.pem" },
      "/nowhere.pem (NODE_EXTRA_CA_CERTS) cannot be read [ENOENT]",
    ],
    [
      "checks that are off",
      { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
      "NODE_TLS_REJECT_UNAUTHORIZED=0 disables certificate checks: any server could read the keys",
    ],
  ])("with %s, doctor fails", async (_, variables, found) => {
    const { url } = await serverOf([]);
    const { code, stdout } = await esim(["doctor"], { env: { ...keysFor(url), ...variables } });
    expect(code).toBe(2);
    expect(stdout).toContain(`✗ certificates: ${found}`);
  });
});

describe("doctor's clock check", () => {
  const HOUR = 3_600_000;
  test.each<[string, number | undefined, boolean, string]>([
    ["an hour behind", HOUR, false, "behind the server"],
    ["an hour ahead", -HOUR, false, "ahead of the server"],
    ["right", 0, true, "in sync with the server"],
  ])("reports that this machine's clock is %s", async (_, skew = 0, ok, found) => {
    const { url } = await serverThat((response, request, nth) => {
      response.setHeader("date", new Date(Date.now() + skew).toUTCString());
      answer(200, { packages: [] })(response, request, nth);
    });
    const { code, stdout } = await esim(["doctor", "--json"], { env: keysFor(url) });
    expect(code).toBe(ok ? 0 : 1);
    const clock = JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === "clock");
    expect(clock).toMatchObject({ ok, found: expect.stringContaining(found) });
  });
});
