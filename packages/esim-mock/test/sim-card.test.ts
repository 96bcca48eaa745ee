import { expect, test } from "vitest";
import { account, FREE_SIM } from "./account.ts";
import { errorMessage, keys, mockForTest } from "./mock-for-test.ts";

test("a SIM card has what the API returns about the SIM", async () => {
  const { url } = await mockForTest({ stateful: true });
  const { create, list, terminate, activate } = account(url);
  const { id } = (await create(FREE_SIM)).body;
  await activate(id);
  await terminate(id);
  await create(FREE_SIM);
  const read = async (path: string) => (await fetch(url + path, { headers: keys })).json();
  expect(await read(`/_mock/sims/${FREE_SIM}`)).toEqual({
    sim: await read(`/sim-registries/${FREE_SIM}`),
    pcr: await read(`/sim-pcr-profiles/${FREE_SIM}`),
    profile: await read(`/euicc-profiles/${FREE_SIM}`),
    packages: (await list(`sim=${FREE_SIM}`)).body.packages,
  });
});

test("there is no card for a SIM outside the account, or without accounts", async () => {
  const { url } = await mockForTest({ stateful: true });
  const unknown = await fetch(`${url}/_mock/sims/8999999999999999999`, { headers: keys });
  expect([unknown.status, await errorMessage(unknown)]).toEqual([404, "SIM not found"]);
  expect((await fetch(`${url}/_mock/sims/${FREE_SIM}`)).status).toBe(400);
  const stateless = await mockForTest();
  expect((await fetch(`${stateless.url}/_mock/sims/${FREE_SIM}`, { headers: keys })).status).toBe(409);
});
