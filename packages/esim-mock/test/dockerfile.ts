import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile } from "node:fs/promises";
import { join, matchesGlob, relative } from "node:path";

/** An image, as far as it can be built in a directory of this machine. */
export interface Image {
  /** Where a path of the image is on this machine. */
  at(path: string): string;
  env: Record<string, string>;
  user: string;
  directory: string;
  entrypoint: string[];
  healthCheck: string[];
}

interface Build {
  readonly context: string;
  readonly image: Image;
  readonly env: NodeJS.ProcessEnv;
}

/** How each instruction is carried out. Any other instruction fails. */
const STEPS: Readonly<Record<string, (argument: string, build: Build) => unknown>> = {
  FROM: (_, { image }) => Object.assign(image, { env: {}, user: "root", directory: "/" }),
  WORKDIR: (path, { image }) => {
    image.directory = path;
    return mkdir(image.at(path), { recursive: true });
  },
  COPY: async (argument, { context, image }) => {
    const [, from = "", to = ""] = /^--from=build (\S+) (\S+)$/.exec(argument) ?? [];
    // Both stages are built in one directory.
    if (from !== to) throw new Error(`this test copies to where it came from: ${argument}`);
    if (from) return;
    const isIncluded = await readIgnored(context);
    const filter = (path: string) => isIncluded(relative(context, path));
    await cp(context, image.at(image.directory), { recursive: true, filter });
  },
  RUN: (command, { image, env }) => {
    const here = command.replace(/(?<=\s)\/app\b/g, image.at("/app"));
    const options = { cwd: image.at(image.directory), env, encoding: "utf8", timeout: 120_000 } as const;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", here], options);
    if (status !== 0) throw new Error(`${here}\nended with ${status}:\n${stdout}${stderr}`);
  },
  ENV: (argument, { image }) => {
    const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(argument) ?? [];
    image.env[name] = value;
  },
  EXPOSE: () => {},
  USER: (user, { image }) => {
    image.user = user;
  },
  HEALTHCHECK: (argument, { image }) => {
    image.healthCheck = JSON.parse(argument.replace(/^.*? CMD /, ""));
  },
  ENTRYPOINT: (argument, { image }) => {
    image.entrypoint = JSON.parse(argument);
  },
};

/** Builds a Dockerfile without a container: what it would write to `/` is written to a directory. */
export async function buildImage(
  dockerfile: string,
  context: string,
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<Image> {
  const at = (path: string) => join(root, path);
  const image: Image = { at, env: {}, user: "", directory: "/", entrypoint: [], healthCheck: [] };
  for (const [instruction, argument] of await readInstructions(dockerfile)) {
    const step = STEPS[instruction];
    if (!step) throw new Error(`this test does not know what ${instruction} does: add it to its STEPS`);
    await step(argument, { context, image, env });
  }
  return image;
}

async function readInstructions(dockerfile: string): Promise<[string, string][]> {
  const text = (await readFile(dockerfile, "utf8")).replace(/^#.*\n/gm, "").replace(/\\\n/g, "");
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]);
}

/** Which paths of the context are sent: the last line that matches a path, or a folder above it, decides. */
async function readIgnored(context: string): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(context, ".dockerignore"), "utf8")).split("\n");
  const rules = lines
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => ({ isIncluded: line.startsWith("!"), pattern: line.replace(/^!/, "") }));
  return (path) => {
    const parts = path.split("/");
    const folders = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    const last = rules.findLast(({ pattern }) => folders.some((each) => matchesGlob(each, pattern)));
    // An excluded folder is still searched if something in it is included.
    return (
      path === "" || (last?.isIncluded ?? true) || rules.some((each) => each.pattern.startsWith(`${path}/`))
    );
  };
}
