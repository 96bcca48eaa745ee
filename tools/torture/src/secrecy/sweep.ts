import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sweepCli } from "./cli-sweep.ts";
import { isMarked, type Sweep } from "./marks.ts";

/** Goes down every error path of the client and of the command line with marked keys, and looks for the marks where they must not be. */
export async function sweepSecrets(): Promise<Record<"client" | "command line", Sweep>> {
  const [client, cli] = await Promise.all([sweepClient(), sweepCli()]);
  return { client, "command line": cli };
}

/** In a program of its own, so that all that the client writes by itself is seen. */
export async function sweepClient(): Promise<Sweep> {
  const child = fork(fileURLToPath(new URL("sdk-sweep.ts", import.meta.url)), {
    stdio: "pipe",
    execArgv: [],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      written += chunk;
    });
  let sweep: Sweep | undefined;
  child.once("message", (message) => {
    sweep = message as Sweep;
  });
  await once(child, "close");
  if (!sweep) throw new Error(`the sweep of the client broke off: ${written}`);
  const { paths, leaks } = sweep;
  const loud = isMarked(written) ? [{ path: "any", where: "what the client wrote" }] : [];
  return { paths, leaks: [...leaks, ...loud] };
}
