import { afterEach, expect, test, vi } from "vitest";
import type { Connection } from "../src/settings/connection.ts";

const startMock = vi.fn();
vi.mock("@betatelltd/esim-mock", () => ({ startMock }));

afterEach(() => {
  startMock.mockReset();
});

const connection: Connection = {
  profile: undefined,
  userId: { value: "me", source: "test" },
  apiKey: { value: "any", source: "test" },
  baseUrl: { value: "https://example.com", source: "test" },
  hasStoredKeys: false,
  isInsecureAllowed: false,
};

test.each([
  ["NODE", "A mock needs Node 24.18.0 or newer", "use Node.js 24.18 or later for this check"],
  ["OPTION", "upstream is no address", "check the address, and fix the server check first"],
])("reports a mock that fails to start with %s, and how to fix it", async (code, message, fix) => {
  startMock.mockRejectedValue(Object.assign(new Error(message), { code }));
  const { contractCheck } = await import("../src/commands/doctor/contract.ts");
  expect(await contractCheck(connection, {})).toMatchObject({
    ok: false,
    found: `not checked: ${message}`,
    fix,
  });
});
