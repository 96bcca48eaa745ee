/** Rewrites every client below this folder. Needs Java, which nothing else here does. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generators } from "./generators.ts";
import config from "./openapitools.json" with { type: "json" };
import { tolerant } from "./tolerant.ts";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const { version: generatorVersion, storageDir } = config["generator-cli"];
const cache = "node_modules/.cache";
const document = "node_modules/@betatelltd/esim-openapi";
const documents = { contract: `${document}/dist/openapi.json`, tolerant: `${cache}/tolerant.json` };

if (spawnSync("java", ["-version"]).status !== 0) {
  const why =
    "the clients in packages/clients were not generated: install Java 11 or later, and run this again";
  console.warn(`No Java here, so ${why}.`);
  process.exit(process.env.CI && !process.env.REQUIRE_ALL_CLIENTS ? 0 : 1);
}

fetchGenerator();
writeFileSync(
  documents.tolerant,
  JSON.stringify(tolerant(JSON.parse(readFileSync(documents.contract, "utf8")))),
);
const { version }: { version: string } = JSON.parse(readFileSync(`${document}/package.json`, "utf8"));
const configurations = generators(version).map(({ inputSpec, ...settings }) => {
  const file = `${cache}/${settings.generatorName}.json`;
  writeFileSync(file, JSON.stringify({ ...settings, inputSpec: documents[inputSpec] }));
  return file;
});
// One JVM for all of them, set up for a short life: most of the time goes into starting it. One thread: the generators share settings.
execFileSync(
  "node_modules/.bin/openapi-generator-cli",
  ["batch", "--fail-fast", "--threads=1", ...configurations],
  {
    env: {
      ...process.env,
      PWD: process.cwd(),
      JAVA_OPTS: "-Dlog.level=error -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    },
    stdio: ["ignore", "ignore", "inherit"],
  },
);
console.log(`Wrote the clients in ${configurations.length} languages, version ${version}.`);

/**
 * The npm package fetches the generator's jar from a fixed address when it has none. Maven, where there is one, knows
 * the way to that file through whatever mirror this machine has been given.
 */
function fetchGenerator(): void {
  mkdirSync(storageDir, { recursive: true });
  if (existsSync(`${storageDir}/${generatorVersion}.jar`) || spawnSync("mvn", ["--version"]).status !== 0)
    return;
  const artifact = `org.openapitools:openapi-generator-cli:${generatorVersion}`;
  execFileSync("mvn", [
    "-q",
    "-B",
    "dependency:copy",
    `-Dartifact=${artifact}`,
    `-DoutputDirectory=${storageDir}`,
    "-Dmdep.stripVersion=false",
  ]);
  renameSync(
    `${storageDir}/openapi-generator-cli-${generatorVersion}.jar`,
    `${storageDir}/${generatorVersion}.jar`,
  );
}
