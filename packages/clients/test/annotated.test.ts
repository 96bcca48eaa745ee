import document from "@betatelltd/esim-openapi/openapi.json" with { type: "json" };
import { expect, test } from "vitest";
import { annotated } from "../scripts/annotated.ts";

type Operation = Record<string, unknown> & { parameters?: { name: string; schema: object }[] };
const { paths } = annotated(document, { Package: "Parcel" }) as {
  paths: Record<string, Record<string, Operation>>;
};
const operationOf = (path: string, method = "get") => paths[path]?.[method];

test("an operation says what its success returns, and whether it needs keys", () => {
  expect(operationOf("/packages", "post")).toMatchObject({ "x-answer": "json", "x-keys": true });
  expect(operationOf("/sim-pcr-profiles/{iccid}", "put")).toMatchObject({ "x-answer": "nothing" });
  expect(operationOf("/euicc-profiles/{iccid}/qrcode")).toMatchObject({ "x-answer": "bytes" });
  expect(operationOf("/status")).toMatchObject({ "x-answer": "json", "x-keys": false });
});

test("no path or operation has a server that would be used instead of a mock", () => {
  expect(operationOf("/status")?.["x-server"]).toBe("https://esim.betatel.com/api/v1");
  for (const item of Object.values(paths))
    for (const each of [item, ...Object.values(item)]) expect(each).not.toHaveProperty("servers");
});

test("a list says where its rows are, what they are, and which field identifies them", () => {
  expect(operationOf("/sim-registries")?.["x-list"]).toEqual({
    name: "ESIMs",
    snakeName: "esims",
    field: "sims",
    model: "ESIMPartial",
    key: "iccid",
  });
  expect(operationOf("/package-templates")?.["x-list"]).toMatchObject({ snakeName: "package_templates" });
  expect(operationOf("/packages")?.["x-list"]).toMatchObject({ model: "Parcel", key: "id" });
  expect(operationOf("/countries")?.["x-list"]).not.toHaveProperty("key");
  expect(operationOf("/packages/{id}")).not.toHaveProperty("x-list");
});

test("no parameter has a default that a client would send", () => {
  for (const { parameters = [] } of Object.values(paths).flatMap((item) => Object.values(item)))
    for (const { schema } of parameters) expect(schema).not.toHaveProperty("default");
});
