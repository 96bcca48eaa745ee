import { KEYS, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Configuration, createEsimClient, PackagesApi, ServerError, SystemApi } from "../src/index.ts";

const STATUS = { status: "ok", version: "1.0.0", uptime: 86_400 };

/** A fetch that responds without a network, and collects the requests. */
function network(answer: () => Response = () => Response.json(STATUS)) {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return answer();
  };
  return { requests, fetch };
}

describe("getStatus in production", () => {
  test("goes to its own server in the document, without keys", async () => {
    const { requests, fetch } = network();
    const api = new SystemApi(new Configuration({ ...KEYS, fetch }));
    expect((await api.getStatus()).data).toEqual(STATUS);
    expect((await createEsimClient({ ...KEYS, fetch }).GET("/status")).data).toEqual(STATUS);
    for (const { url, headers } of requests) {
      expect(url).toBe("https://esim.betatel.com/api/v1/status");
      expect(headers.has("x-api-key")).toBe(false);
      expect(headers.has("x-user-id")).toBe(false);
    }
    expect(requests).toHaveLength(2);
  });

  test("does not request the keys, which may be what is failing", async () => {
    const { fetch } = network();
    const apiKey = () => Promise.reject(new Error("the vault is sealed"));
    const api = new SystemApi(new Configuration({ apiKey, userId: apiKey, fetch }));
    expect((await api.getStatus()).status).toBe(200);
  });

  test("works without keys", async () => {
    const { requests, fetch } = network();
    vi.stubEnv("ESIM_API_KEY", "");
    vi.stubEnv("ESIM_USER_ID", "");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await new SystemApi(new Configuration({ fetch })).getStatus()).data).toEqual(STATUS);
    expect(requests).toHaveLength(1);
    expect(() => new PackagesApi(new Configuration({ fetch }))).toThrow("apiKey is missing");
  });

  test("has its full path in errors and hooks", async () => {
    const { fetch } = network(() => Response.json({ message: "Service unavailable" }, { status: 503 }));
    const paths: string[] = [];
    const api = new SystemApi(
      new Configuration({
        ...KEYS,
        fetch,
        baseOptions: { maxRetries: 0, onAttempt: ({ path }) => paths.push(path) },
      }),
    );
    const error = await api.getStatus().catch((reason: unknown) => reason as ServerError);
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({
      message: "503 getStatus: Service unavailable (GET /api/v1/status)",
      path: "/api/v1/status",
      outcomeUnknown: false,
    });
    expect(paths).toEqual(["/api/v1/status"]);
  });
});

test("on any other server, getStatus goes where all operations go, still without keys", async () => {
  const server = await startHostileServer((response) => response.end(JSON.stringify(STATUS)));
  onTestFinished(() => server.close());
  const basePath = `${server.url}/some/base`;
  await new SystemApi(new Configuration({ ...KEYS, basePath })).getStatus();
  await createEsimClient({ ...KEYS, baseUrl: basePath }).GET("/status");
  expect(server.requests.map(({ url }) => url)).toEqual(["/some/base/status", "/some/base/status"]);
  for (const { headers } of server.requests) {
    expect(headers["x-api-key"]).toBeUndefined();
    expect(headers["x-user-id"]).toBeUndefined();
  }
});
