import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { GENERATOR_VERSION } from "../scripts/generator-jar.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const { version } = JSON.parse(read("../../spec/package.json"));

/** Where each client says which version it is, in what it is published as and in what it sends. */
test.each([
  ["typescript-axios/package.json", /"version": "(.*)"/],
  ["python/betatel_esim/__init__.py", /__version__ = "(.*)"/],
  ["python/betatel_esim/api_client.py", /betatel-esim-python\/([^']*)/],
  ["go/configuration.go", /betatel-esim-go\/([^"]*)/],
  ["java/pom.xml", /<version>(.*)<\/version>/],
])("%s has the contract's version; if not, run: pnpm generate", (path, pattern) => {
  expect(pattern.exec(read(path))?.[1]).toBe(version);
});

test("every client was made by the pinned generator", () => {
  for (const client of ["typescript-axios/src", "python", "go", "java"])
    expect(read(`${client}/.openapi-generator/VERSION`).trim()).toBe(GENERATOR_VERSION);
});
