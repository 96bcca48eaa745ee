import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** The version of OpenAPI Generator that all clients are made with. */
export const GENERATOR_VERSION = "7.25.0";
const SHA256 = "41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae";

const name = `openapi-generator-cli-${GENERATOR_VERSION}.jar`;
const url = `https://repo1.maven.org/maven2/org/openapitools/openapi-generator-cli/${GENERATOR_VERSION}/${name}`;

/**
 * Fetches the generator into a folder, unless it is there, and returns the path of its jar.
 *
 * Maven, where there is one, fetches it through whatever mirror this machine has been given. Otherwise it comes from Maven Central.
 *
 * @throws if it cannot be fetched, or is not the file that SHA256 names
 */
export async function fetchGenerator(folder: string): Promise<string> {
  const jar = `${folder}/${name}`;
  if (existsSync(jar)) return jar;
  const unchecked = `${folder}/unchecked`;
  rmSync(unchecked, { recursive: true, force: true });
  mkdirSync(unchecked, { recursive: true });
  if (spawnSync("mvn", ["--version"]).status === 0) copyWithMaven(unchecked);
  else writeFileSync(`${unchecked}/${name}`, await download());
  const found = createHash("sha256")
    .update(readFileSync(`${unchecked}/${name}`))
    .digest("hex");
  if (found !== SHA256) throw new Error(`${unchecked}/${name} has SHA-256 ${found}, not ${SHA256}`);
  renameSync(`${unchecked}/${name}`, jar);
  rmSync(unchecked, { recursive: true });
  return jar;
}

function copyWithMaven(folder: string): void {
  const artifact = `org.openapitools:openapi-generator-cli:${GENERATOR_VERSION}`;
  const options = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`, "-Dmdep.stripVersion=false"];
  execFileSync("mvn", ["-q", "-B", "dependency:copy", ...options]);
}

async function download(): Promise<Buffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
