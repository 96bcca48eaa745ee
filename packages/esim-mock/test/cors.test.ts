import { expect, test } from "vitest";
import { operations } from "./documented-operations.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

const ORIGIN = "http://localhost:5173";

test.each(operations)("a preflight for $operationId succeeds, without keys", async ({ path, request }) => {
  const { url } = await mockForTest();
  const response = await fetch(url + path, {
    method: "OPTIONS",
    headers: {
      origin: ORIGIN,
      "access-control-request-method": request.method,
      "access-control-request-headers": "content-type,x-api-key,x-user-id",
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  expect(response.headers.get("access-control-allow-methods")).toBe(request.method);
  expect(response.headers.get("access-control-allow-headers")).toBe("content-type,x-api-key,x-user-id");
  expect(Number(response.headers.get("access-control-max-age"))).toBeGreaterThan(0);
  expect(response.headers.get("access-control-allow-private-network")).toBeNull();
});

test("no page gets private network access", async () => {
  const { url } = await mockForTest();
  const headers = {
    origin: ORIGIN,
    "access-control-request-method": "GET",
    "access-control-request-private-network": "true",
  };
  const response = await fetch(`${url}/packages`, { method: "OPTIONS", headers });
  expect(response.headers.get("access-control-allow-private-network")).toBeNull();
});

test.each([
  ["/packages", 200, keys],
  ["/packages", 401, {}],
  ["/nope", 404, keys],
])("%s %i can be read by a page of another origin", async (path, status, headers) => {
  const { url } = await mockForTest();
  const response = await fetch(url + path, { headers: { ...headers, origin: ORIGIN } });
  expect(response.status).toBe(status);
  expect(response.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  expect(response.headers.get("vary")).toContain("origin");
  const exposed = response.headers.get("access-control-expose-headers")?.split(", ");
  expect(exposed).toEqual(expect.arrayContaining(["x-request-id", "retry-after", "allow"]));
});
