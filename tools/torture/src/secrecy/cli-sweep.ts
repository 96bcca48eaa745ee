import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { answered, type CliPath, mistaken } from "./cli-paths.ts";
import { isMarked, type Leak, marks, type Sweep } from "./marks.ts";
import { type Origin, startOrigin } from "./origin.ts";

export const program = fileURLToPath(import.meta.resolve("@betatelltd/esim-cli/dist/bin.js"));
const CONCURRENCY = 8;
const keys = { ESIM_USER_ID: marks.userId, ESIM_API_KEY: marks.apiKey };

/**
 * Runs the command line down its error paths.
 *
 * @param every which of them: each, or one of so many
 */
export async function sweepCli(every = 1): Promise<Sweep> {
  const leaks: Leak[] = [];
  let paths = 0;
  const origins = await Promise.all(Array.from({ length: CONCURRENCY }, startOrigin));
  const all = [...mistaken, ...answered(origins[0]?.ways ?? [])].filter((_, n) => n % every === 0);
  const queue = all.values();
  const work = async (origin: Origin) => {
    const home = mkdtempSync(join(tmpdir(), "esim-secrecy-"));
    try {
      const login = { args: ["login"], stdin: `${marks.userId}\n${marks.apiKey}\n` };
      leaks.push(...(await walk(login, origin, home)).leaks);
      for (const path of queue) {
        const walked = await walk(path, origin, home);
        paths += Number(walked.failed);
        leaks.push(...walked.leaks);
      }
      leaks.push(...left(home));
    } finally {
      rmSync(home, { recursive: true });
    }
  };
  try {
    await Promise.all(origins.map(work));
  } finally {
    await Promise.all(origins.map((origin) => origin.close()));
  }
  return { paths, leaks };
}

async function walk(
  { args, way, stored = false, env = {}, stdin = "", interrupted = false }: CliPath,
  origin: Origin,
  home: string,
): Promise<{ failed: boolean; leaks: Leak[] }> {
  const places = { HOME: home, TMPDIR: home, ESIM_BASE_URL: origin.url };
  const child = spawn(process.execPath, [program, ...args], {
    cwd: home,
    env: { PATH: process.env.PATH, ...places, ...(!stored && keys), ...env },
  });
  origin.misbehave(way ?? "no answer", () => interrupted && child.kill("SIGINT"));
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  const closed = once(child, "close");
  const written = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  const path = `esim ${args.join(" ")}, ${way ?? "not answered"}`;
  const failed = code !== 0 && (!way || origin.isAsked());
  const loud = isMarked(written.join("")) ? [{ path, where: "what it wrote" }] : [];
  return { failed, leaks: [...loud, ...origin.leaks(path)] };
}

/** What was left behind, but for the one file that is for the keys, and for its owner's eyes. */
function left(home: string): Leak[] {
  const path = "after everything";
  const file = ".config/esim/credentials.json";
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const marked = files
    .map((each) => join(each.parentPath, each.name))
    .filter((each) => isMarked(readFileSync(each, "utf8")));
  const others = marked.filter((each) => each !== join(home, file));
  if (others.length === marked.length) throw new Error(`the search does not find the keys in ${file}`);
  const exposed = (statSync(join(home, file)).mode & 0o077) !== 0;
  return [
    ...others.map((where) => ({ path, where })),
    ...(exposed ? [{ path, where: `${file}, open to others` }] : []),
  ];
}
