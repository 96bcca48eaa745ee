import { once } from "node:events";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { CERTIFICATE } from "../../../tools/testing/src/certificate.ts";
import { errorMessage, fileForTest, keys, mockForTest } from "./mock-for-test.ts";
import { json, service } from "./service-for-test.ts";

async function listening<S extends Server>(server: S): Promise<{ server: S; port: number }> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, port: (server.address() as { port: number }).port };
}

/** A service whose certificate is not trusted by default. */
async function secureService(answer = "{}") {
  const seen: string[] = [];
  const { port } = await listening(
    createHttpsServer(CERTIFICATE, (request, response) => {
      seen.push(`${request.url} ${request.headers["x-api-key"]}`);
      if (answer === "") request.socket.destroy();
      else response.writeHead(200, { "content-type": "application/json" }).end(answer);
    }),
  );
  return { url: `https://127.0.0.1:${port}`, seen };
}

/** A proxy that connects to the requested address, or always to this port, or refuses. */
async function proxy(status = 200, leadTo?: number) {
  const asked: string[] = [];
  const { server, port } = await listening(
    createHttpServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end("of the proxy");
    }),
  );
  server.on("connect", ({ url = "" }, socket) => {
    asked.push(`CONNECT ${url}`);
    const target = connect(leadTo ?? Number(url.split(":")[1]), "127.0.0.1");
    for (const each of [socket, target]) each.on("error", () => {});
    socket.write(`HTTP/1.1 ${status} Word\r\n\r\n`);
    if (status === 200) socket.pipe(target).pipe(socket);
    else socket.end();
    onTestFinished(() => void target.destroy());
  });
  return { url: `http://127.0.0.1:${port}`, asked };
}

function setProxies(variables: Readonly<Record<string, string | undefined>>): void {
  const names = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
  for (const name of names) vi.stubEnv(name, variables[name]);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const authority = () => fileForTest("authority.pem", CERTIFICATE.cert);
const get = (url: string, path = "/packages") => fetch(url + path, { headers: keys });

test("a certificate from a private authority is trusted if the authority is given", async () => {
  const { url, seen } = await secureService();
  const mock = await mockForTest({ upstream: url, upstreamCa: await authority() });
  expect((await get(mock.url)).status).toBe(200);
  expect(seen).toEqual(["/packages key"]);
});

test("otherwise nothing is sent, and the answer says what to do", async () => {
  const { url, seen } = await secureService();
  const mock = await mockForTest({ upstream: url });
  const response = await get(mock.url);
  expect(response.status).toBe(502);
  expect(await errorMessage(response)).toBe(
    `Cannot reach ${url}: DEPTH_ZERO_SELF_SIGNED_CERT; its certificate is from an authority that is not trusted here: add that authority with --upstream-ca FILE`,
  );
  expect(seen).toEqual([]);
});

test.each([
  ["https://127.0.0.1:1", "missing", undefined, "cannot be read: ENOENT"],
  ["https://127.0.0.1:1", "empty.pem", "", "is not a certificate in PEM"],
  ["https://127.0.0.1:1", "key.pem", CERTIFICATE.key, "is not a certificate in PEM"],
  ["http://127.0.0.1:1", "authority.pem", CERTIFICATE.cert, "is not https: remove --upstream-ca"],
])("for %s, the authority %s is refused", async (upstream, name, content, reason) => {
  const upstreamCa = await fileForTest(name, content);
  const refusal = mockForTest({ upstream, upstreamCa });
  await expect(refusal).rejects.toMatchObject({ code: "OPTION", message: expect.stringContaining(reason) });
});

test.each([
  ["HTTPS_PROXY", "http://"],
  ["https_proxy", "http://"],
  ["HTTPS_PROXY", ""],
])("%s=%s127.0.0.1:… is followed, and does not see the keys", async (name, scheme) => {
  const { url, seen } = await secureService();
  const between = await proxy();
  setProxies({ [name]: scheme + new URL(between.url).host });
  const mock = await mockForTest({ upstream: url, upstreamCa: await authority() });
  const response = await get(mock.url);
  expect([response.status, await response.text()]).toEqual([200, "{}"]);
  expect(between.asked).toEqual([`CONNECT ${new URL(url).host}`]);
  expect(seen).toEqual(["/packages key"]);
});

test.each(["127.0.0.1", "*"])("NO_PROXY=%s is followed", async (exception) => {
  const { url, seen } = await secureService();
  const between = await proxy();
  setProxies({ HTTPS_PROXY: between.url, NO_PROXY: exception });
  const mock = await mockForTest({ upstream: url, upstreamCa: await authority() });
  await get(mock.url);
  expect([between.asked, seen]).toEqual([[], ["/packages key"]]);
});

test("a proxy that refuses leads to a 502 that says what to do", async () => {
  const { url, seen } = await secureService();
  setProxies({ HTTPS_PROXY: (await proxy(403)).url });
  const mock = await mockForTest({ upstream: url, upstreamCa: await authority() });
  const response = await get(mock.url);
  expect(response.status).toBe(502);
  expect(await errorMessage(response)).toContain(
    "the proxy in HTTPS_PROXY did not connect to it: add it to NO_PROXY",
  );
  expect(seen).toEqual([]);
});

test("if a service behind a proxy cuts the connection, it was reached: the caller's is cut too", async () => {
  const { url, seen } = await secureService("");
  setProxies({ HTTPS_PROXY: (await proxy()).url });
  const mock = await mockForTest({ upstream: url, upstreamCa: await authority() });
  await expect(get(mock.url)).rejects.toThrow("fetch failed");
  expect(seen).toHaveLength(1);
});

test("an invalid proxy address is refused, without quoting its password", async () => {
  setProxies({ HTTPS_PROXY: "socks5://me:pass-word@proxy:1080" });
  const refusal = mockForTest({ upstream: "https://127.0.0.1:1" });
  await expect(refusal).rejects.toMatchObject({
    code: "OPTION",
    message: "HTTPS_PROXY is not the address of a proxy, such as http://proxy:3128.",
  });
});

test("http to another machine goes through HTTP_PROXY, if allowed", async () => {
  const between = await proxy();
  setProxies({ HTTP_PROXY: between.url });
  const mock = await mockForTest({ upstream: "http://api.invalid:8080/base", allowInsecureUpstream: true });
  expect(await (await get(mock.url)).text()).toBe("of the proxy");
  expect(between.asked).toEqual(["GET http://api.invalid:8080/base/packages"]);
});

test("http to this machine bypasses proxies, which could read the keys", async () => {
  const upstream = await service(json("{}"));
  const between = await proxy();
  setProxies({ HTTP_PROXY: between.url });
  const mock = await mockForTest({ upstream: upstream.url });
  expect(await (await get(mock.url)).text()).toBe("{}");
  expect(between.asked).toEqual([]);
});

test("upstream options need an upstream", async () => {
  for (const options of [{ upstreamCa: "x.pem" }, { allowInsecureUpstream: true }]) {
    await expect(mockForTest(options)).rejects.toMatchObject({
      code: "OPTION",
      message: expect.stringContaining("add --upstream"),
    });
  }
});
