import document from "@betatelltd/esim-openapi/openapi.json" with { type: "json" };
import { expect, test } from "vitest";
import { tolerant } from "../scripts/tolerant.ts";

type Schemas = Record<string, { required?: string[]; properties: Record<string, Record<string, unknown>> }>;
const { components, paths } = tolerant(document) as unknown as {
  components: { schemas: Schemas };
  paths: typeof document.paths;
};

test("a response may have any values, and its descriptions list the usual ones", () => {
  const { Package } = components.schemas;
  expect(Package?.required).toBeUndefined();
  expect(Package?.properties.status).not.toHaveProperty("enum");
  expect(Package?.properties.status?.description).toContain(
    "One of NOT_ACTIVE, ACTIVE, SUSPENDED, TERMINATED, or",
  );
  expect(Package?.properties.sim).not.toHaveProperty("pattern");
});

test("a request stays as strict as the contract", () => {
  const request = components.schemas.CreatePackageRequest;
  expect(request?.required).toEqual(["sim", "package_template"]);
  expect(request?.properties.sim?.pattern).toBe("^\\d{19,20}$");
  const status = paths["/packages"].get.parameters.find(({ name }) => name === "status");
  expect(status?.schema).toHaveProperty("enum");
});

test("a type inside a request stays strict too, unless a response has it", () => {
  const { CreateTimeAllowance, ModifyPCRProfileData, PCRProfileService } = components.schemas;
  expect(CreateTimeAllowance?.required).toEqual(["unit", "duration"]);
  expect(ModifyPCRProfileData?.properties.state).toHaveProperty("enum");
  expect(PCRProfileService?.required).toBeUndefined();
  expect(PCRProfileService?.properties.state).not.toHaveProperty("enum");
});

test("a field of several types takes any value", () => {
  const uptime = components.schemas.StatusResponse?.properties.uptime;
  expect(uptime).not.toHaveProperty("type");
  expect(uptime?.description).toContain("or as text");
});

test("every integer has 64 bits", () => {
  const formats: unknown[] = [];
  JSON.stringify([components, paths], (_, value) => {
    if (value?.type === "integer") formats.push(value.format);
    return value;
  });
  expect(formats.length).toBeGreaterThan(20);
  expect(new Set(formats)).toEqual(new Set(["int64"]));
});
