/** Rewrites every client below this folder. Needs Java, which nothing else here does. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import config from "./openapitools.json" with { type: "json" };
import { tolerant } from "./tolerant.ts";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const { version, storageDir, generators } = config["generator-cli"];
const document = "node_modules/@betatelltd/esim-openapi";

if (spawnSync("java", ["-version"]).status !== 0) {
  const why =
    "the clients in packages/clients were not generated: install Java 11 or later, and run this again";
  console.warn(`No Java here, so ${why}.`);
  process.exit(process.env.CI && !process.env.REQUIRE_ALL_CLIENTS ? 0 : 1);
}

fetchGenerator();
writeFileSync(
  "node_modules/.cache/tolerant.json",
  JSON.stringify(tolerant(JSON.parse(readFileSync(`${document}/dist/openapi.json`, "utf8")))),
);
const ESIM_VERSION: string = JSON.parse(readFileSync(`${document}/package.json`, "utf8")).version;
execFileSync("node_modules/.bin/openapi-generator-cli", ["generate"], {
  env: { ...process.env, ESIM_VERSION, PWD: process.cwd(), JAVA_OPTS: "-Dlog.level=warn" },
  stdio: ["ignore", "inherit", "inherit"],
});
console.log(`Wrote ${Object.keys(generators).join(", ")}, version ${ESIM_VERSION}.`);

/**
 * The npm package fetches the generator's jar from a fixed address when it has none. Maven, where there is one, knows
 * the way to that file through whatever mirror this machine has been given.
 */
function fetchGenerator(): void {
  mkdirSync(storageDir, { recursive: true });
  if (existsSync(`${storageDir}/${version}.jar`) || spawnSync("mvn", ["--version"]).status !== 0) return;
  const artifact = `org.openapitools:openapi-generator-cli:${version}`;
  execFileSync("mvn", [
    "-q",
    "-B",
    "dependency:copy",
    `-Dartifact=${artifact}`,
    `-DoutputDirectory=${storageDir}`,
    "-Dmdep.stripVersion=false",
  ]);
  writeFileSync(
    `${storageDir}/${version}.jar`,
    readFileSync(`${storageDir}/openapi-generator-cli-${version}.jar`),
  );
}
