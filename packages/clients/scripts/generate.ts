/** Generates every client in `packages/clients`. Needs Java. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { annotated } from "./annotated.ts";
import { fromZip } from "./from-zip.ts";
import { fetchGenerator } from "./generator-jar.ts";
import { type Generator, generators } from "./generators.ts";
import { tolerant } from "./tolerant.ts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const CACHE = "node_modules/.cache";
const DOCUMENT = "node_modules/@betatelltd/esim-openapi";
/** Where the generator's jar has the templates of each client. */
const TEMPLATES: Readonly<Record<string, string>> = {
  "typescript-axios": "typescript-axios",
  python: "python",
  go: "go",
  java: "Java/libraries/native",
};
/** The readings of the contract that a generator can get; see tolerant.ts. */
const readings = { contract: (contract: Parameters<typeof tolerant>[0]) => contract, tolerant };

if (spawnSync("java", ["-version"]).status !== 0) {
  console.warn(
    "The clients in packages/clients were not generated: Java is missing. Install Java 11 or later, and run this again.",
  );
  process.exit(process.env.CI && !process.env.REQUIRE_ALL_CLIENTS ? 0 : 1);
}

const jar = await fetchGenerator(`${CACHE}/openapi-generator`);
const contract = JSON.parse(readFileSync(`${DOCUMENT}/dist/openapi.json`, "utf8"));
const { version }: { version: string } = JSON.parse(readFileSync(`${DOCUMENT}/package.json`, "utf8"));
const configurations = generators(version).map(({ reading, rowNames, templates, changes, ...settings }) => {
  const file = `${CACHE}/${settings.generatorName}.json`;
  const inputSpec = `${CACHE}/${settings.generatorName}-openapi.json`;
  writeFileSync(inputSpec, JSON.stringify(annotated(readings[reading](contract), rowNames)));
  const templateDir = makeTemplates(settings.generatorName, changes);
  const files = Object.fromEntries(
    Object.entries(templates).map(([template, destinationFilename]) => [
      template,
      { templateType: "SupportingFiles", destinationFilename },
    ]),
  );
  writeFileSync(file, JSON.stringify({ ...settings, inputSpec, templateDir, files }));
  return file;
});
// One JVM for all clients, tuned for a short run: most of the time goes into starting it. One thread, because the generators share settings.
execFileSync(
  "java",
  [
    ...["-Dlog.level=error", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar],
    ...["batch", "--fail-fast", "--threads=1", ...configurations],
  ],
  { stdio: ["ignore", "ignore", "inherit"] },
);
console.log(`Generated the clients in ${configurations.length} languages, version ${version}.`);

/**
 * Collects our templates for a generator, and the ones of its own that we change, in a folder. Others come from its jar.
 * @throws if a template does not have exactly one place for a change, as after an upgrade of the generator
 */
function makeTemplates(generatorName: string, changes: Generator["changes"]): string {
  const folder = `${CACHE}/templates/${generatorName}`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(`templates/${generatorName}`, folder, { recursive: true });
  for (const [name, replacements] of Object.entries(changes)) {
    let template = fromZip(jar, `${TEMPLATES[generatorName]}/${name}`);
    for (const [from, to] of replacements) {
      const parts = template.split(from);
      if (parts.length !== 2)
        throw new Error(
          `${generatorName}/${name} contains this text of generators.ts ${parts.length - 1} times, not once:\n${from}`,
        );
      template = parts.join(to);
    }
    writeFileSync(`${folder}/${name}`, template);
  }
  return folder;
}
