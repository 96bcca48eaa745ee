import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Scenario, scenarios, TOTAL } from "../src/calls/scenarios.ts";
import { startClient } from "../src/calls/start-client.ts";
import { clients } from "../src/clients/all.ts";
import { fixedPage, fixedRow, idOf } from "../src/fixed-rows.ts";
import { type FixedServer, startFixedServer } from "../src/server-process.ts";

let server: FixedServer;
beforeAll(async () => {
  server = await startFixedServer(TOTAL);
});
afterAll(() => server.stop());

// The others are made with what `pnpm bench` installs. CI starts them with `pnpm bench calls --smoke`.
const light = Object.keys(clients).filter((name) => !clients[name]?.needsToolchain);

describe.each(light)("%s", (name) => {
  test("reads whole packages over what it says it does, and as often as it is asked to", async () => {
    // It compares whole answers, and refuses to start where they differ or where it goes over something else.
    const client = await startClient(name, server.url);
    try {
      for (const [scenario, { bytes }] of scenarios.entries()) {
        await server.served();
        const { calls, wall, cpu } = await client.make({ scenario, calls: 8, workers: 4 });
        expect(calls).toBe(12);
        expect(await server.served()).toEqual({ answers: calls, bytes: calls * bytes });
        expect(wall).toBeGreaterThan(0);
        expect(cpu).toBeGreaterThan(0);
      }
    } finally {
      client.stop();
    }
  });
});

test("all clients but one are light", () => {
  expect(Object.keys(clients).filter((name) => !light.includes(name))).toEqual(["@hey-api/openapi-ts"]);
});

test("a client that cannot be started fails with the reason", async () => {
  await expect(startClient("no such client", server.url)).rejects.toThrow(
    "there is no client no such client",
  );
});

describe("a measurement does not accept", () => {
  const [one, list] = scenarios as readonly [Scenario, Scenario];
  const reader = {
    one: async () => fixedRow(0),
    list: async (count: number, offset: number) => fixedPage(TOTAL, count, offset),
  };

  test("another package than the one that was asked for", async () => {
    await one.run(reader, 0);
    await expect(one.run(reader, 1)).rejects.toThrow(`asked for ${idOf(1)}, got ${idOf(0)}`);
  });

  test("fewer rows, or others", async () => {
    await list.run(reader, 3);
    const short = { ...reader, list: async () => fixedPage(TOTAL, 19, 103) };
    await expect(list.run(short, 3)).rejects.toThrow("got 19");
    const other = { ...reader, list: async () => fixedPage(TOTAL, 20, 0) };
    await expect(list.run(other, 3)).rejects.toThrow(idOf(19));
  });

  test("rows that are nothing but an ID", async () => {
    const bare = { ...reader, one: async () => ({ id: idOf(0) }) as never };
    await expect(one.run(bare, 0)).rejects.toThrow();
    await expect(one.check(bare)).rejects.toThrow();
  });
});
