import { fileURLToPath } from "node:url";
import type { Group } from "../group.ts";
import { type Goals, interleave, rowsOf } from "../measure.ts";
import { startFixedServer } from "../server-process.ts";
import { spawnTime } from "../spawn-time.ts";

const esim = fileURLToPath(new URL("../../node_modules/@betatelltd/esim-cli/dist/bin.js", import.meta.url));
const commands = {
  "node -e 0": ["-e", "0"],
  "esim --version": [esim, "--version"],
  "esim packages list, 20 rows": [esim, "packages", "list"],
  // Most of what a list costs is the first fetch of a process, whoever calls it.
  "node, a fetch of the same list": [
    "--input-type=module",
    "-e",
    `await (await fetch(process.env.ESIM_BASE_URL + "/packages")).json()`,
  ],
};
const goals: Goals = { "esim --version": { ratio: 2 }, "esim packages list, 20 rows": { ratio: 3 } };

export const commandLine: Group = {
  id: "command-line",
  title: "What a command costs",
  about: "From the start of the process to its end. Ratios are to a Node that does nothing.",
  plotted: "ms",
  async run() {
    const server = await startFixedServer(20);
    const env = { ...process.env, ESIM_BASE_URL: server.url, ESIM_API_KEY: "any", ESIM_USER_ID: "any" };
    try {
      const samples = await interleave(commands, (args) => spawnTime(args, { env }), 21);
      return rowsOf("the whole process", "ms", samples, "node -e 0", goals);
    } finally {
      await server.stop();
    }
  },
};
