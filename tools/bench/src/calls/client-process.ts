/**
 * A client alone in a process: no other's garbage is collected on its time, and none shapes what the compiler makes of shared code. It
 * makes calls when its parent asks for them, and reports what they took.
 */
import { clients } from "../clients/all.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { transportOf } from "./transport.ts";

/** What a parent asks for. */
export interface Order {
  /** Which of the scenarios. */
  readonly scenario: number;
  readonly calls: number;
  /** How many at once. */
  readonly workers: number;
}

/** What the calls took, in µs for each. */
export interface Taken {
  readonly wall: number;
  /** User and system time of the process. */
  readonly cpu: number;
  /** How many calls were made, with those that warm up. */
  readonly calls: number;
}

export type Reply = { readonly ready: true } | { readonly taken: Taken } | { readonly failed: string };

const [name = "", url = ""] = process.argv.slice(2);
const reply = (message: Reply) => process.send?.(message);
// Its connections would keep it alive.
process.on("disconnect", () => process.exit());
try {
  const client = clients[name];
  if (!client) throw new Error(`there is no client ${name}`);
  const reader = await client.open(url);
  const used = await transportOf(async () => {
    for (const { check } of scenarios) await check(reader);
  });
  if (used !== client.over) throw new Error(`it goes over ${used}, not over ${client.over}`);

  let call = 0;
  const make = async ({ run }: Scenario, calls: number, workers: number) => {
    let left = calls;
    const work = async () => {
      while (left-- > 0) await run(reader, call++);
    };
    await Promise.all(Array.from({ length: workers }, work));
  };
  process.on("message", async ({ scenario, calls, workers }: Order) => {
    try {
      const measured = scenarios[scenario] as Scenario;
      globalThis.gc?.();
      // Its caches are cold after the others' turns.
      await make(measured, workers, workers);
      const start = performance.now();
      const before = process.cpuUsage();
      await make(measured, calls, workers);
      const { user, system } = process.cpuUsage(before);
      const wall = (performance.now() - start) * 1_000;
      reply({ taken: { wall: wall / calls, cpu: (user + system) / calls, calls: calls + workers } });
    } catch (error) {
      reply({ failed: `${name}: ${(error as Error).message}` });
    }
  });
  reply({ ready: true });
} catch (error) {
  reply({ failed: `${name}: ${(error as Error).message}` });
}
