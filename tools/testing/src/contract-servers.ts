import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { startMock } from "@betatelltd/esim-mock";

/** A server that responds from the contract. */
export interface ContractServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Both mocks that a partner may use: ours, and Prism's own command line. */
export const contractServers: readonly { name: string; start(): Promise<ContractServer> }[] = [
  { name: "esim-mock", start: () => startMock({ port: 0 }) },
  { name: "prism mock", start: startPrism },
];

async function startPrism(): Promise<ContractServer> {
  const port = await freePort();
  const program = fileURLToPath(import.meta.resolve("@stoplight/prism-cli/dist/index.js"));
  const document = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  const prism = spawn(
    process.execPath,
    [program, "mock", "--host", "127.0.0.1", "--port", String(port), document],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Prism is listening")) resolve();
    };
    prism.stdout.on("data", read);
    prism.stderr.on("data", read);
    prism.on("exit", (code) =>
      reject(new Error(`prism mock exited with code ${code} before it was listening:\n${output}`)),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      if (prism.exitCode !== null) return;
      prism.kill("SIGKILL");
      await once(prism, "exit");
    },
  };
}

/** Prism cannot choose a free port itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || !address) throw new Error("No port");
  return address.port;
}
