import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order, Reply, Taken } from "./client-process.ts";

const program = fileURLToPath(new URL("client-process.ts", import.meta.url));

/** A client in a process of its own. */
export interface ClientProcess {
  /** @throws what a call failed with */
  make(order: Order): Promise<Taken>;
  stop(): void;
}

/** Starts a client, and has it read whole answers and compare them. @throws when one is not what the server has */
export async function startClient(name: string, url: string): Promise<ClientProcess> {
  const child = fork(program, [name, url], { execArgv: ["--expose-gc"] });
  const ended = once(child, "exit").then(([code]) => [{ failed: `${name} ended with ${code}` }]);
  const nextReply = async (): Promise<Reply> => {
    const [reply] = (await Promise.race([once(child, "message"), ended])) as [Reply];
    return reply;
  };
  const first = await nextReply();
  if ("failed" in first) {
    child.kill();
    throw new Error(first.failed);
  }
  return {
    async make(order) {
      child.send(order);
      const reply = await nextReply();
      if ("taken" in reply) return reply.taken;
      throw new Error("failed" in reply ? reply.failed : `${name} made no calls`);
    },
    stop: () => void child.kill(),
  };
}
