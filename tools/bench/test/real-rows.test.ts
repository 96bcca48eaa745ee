import { expect, test } from "vitest";
import { fixedRow } from "../src/fixed-rows.ts";
import { checkRow, checkRows } from "../src/real-rows.ts";

test("a whole package passes, also with other values and more fields", () => {
  checkRow({ ...fixedRow(1), sim: "8910300000045681963", apn: "internet" });
});

test.each([
  ["an ID alone", { id: "pkg_0" }, "sim is missing"],
  ["a reference in its place", { $ref: "#/components/examples/PackageActive" }, "id is missing"],
  ["no template", { ...fixedRow(1), package_template: undefined }, "package_template is missing"],
  ["a template without a name", without("name"), "package_template.name is missing"],
  [
    "a template without its unit",
    { ...without("time_allowance") },
    "package_template.time_allowance is missing",
  ],
  ["a template by its ID", { ...fixedRow(1), package_template: 21145354 }, "package_template.id is missing"],
  ["nothing", null, "id is missing"],
])("%s is no package", (_, row, message) => {
  expect(() => checkRow(row)).toThrow(message);
});

test("too few rows are refused, and what is no list", () => {
  expect(() => checkRows([fixedRow(1)], 2)).toThrow("expected 2 rows, got 1");
  expect(() => checkRows({}, 2)).toThrow("expected 2 rows, got {}");
});

function without(field: "name" | "time_allowance"): object {
  const row = fixedRow(1);
  return { ...row, package_template: { ...row.package_template, [field]: undefined } };
}
