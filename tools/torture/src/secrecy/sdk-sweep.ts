/** All error paths of the client. A program of its own, so that the one that starts it sees all that it writes. */
import { printed } from "@betatelltd/esim-testing";
import { isMarked, type Leak, type Sweep } from "./marks.ts";
import { startOrigin } from "./origin.ts";
import { calls, mistakes, possessions } from "./sdk-calls.ts";

const origin = await startOrigin();
const leaks: Leak[] = [];
let paths = 0;

/** @param asks whether the path counts only if the server was asked */
async function walk(path: string, call: () => unknown, asks = false): Promise<void> {
  const outcome = await settle(call);
  const failed = outcome instanceof Error || Object(outcome).response;
  if (failed && (!asks || origin.isAsked())) paths++;
  if (isMarked(await textOf(outcome))) leaks.push({ path, where: "what came of it" });
  leaks.push(...origin.leaks(path));
}

for (const way of origin.ways) {
  origin.misbehave(way);
  for (const [name, call] of Object.entries(calls(origin.url))) await walk(`${name}, ${way}`, call, true);
  const overFetch = calls(origin.url, (request) => fetch(request));
  for (const [name, call] of Object.entries(overFetch)) await walk(`${name} over fetch, ${way}`, call, true);
}
origin.misbehave("no answer");
for (const [name, call] of Object.entries(mistakes(origin.url, origin.elsewhere))) await walk(name, call);
for (const [name, value] of Object.entries(possessions(origin.url))) await walk(name, value);
await origin.close();
process.send?.({ paths, leaks } satisfies Sweep);
process.disconnect?.();

/** An error, or else what came; a success is handed over as it came, and so may be left out here. */
async function settle(call: () => unknown): Promise<unknown> {
  try {
    const value = await call();
    return Object(value).response?.ok || Object(value).status < 300 ? "a success" : value;
  } catch (error) {
    return error;
  }
}

/** All that can be read off an outcome, the attached answer's body and headers included. */
async function textOf(outcome: unknown): Promise<string> {
  const { response } = Object(outcome) as { response?: Response };
  const answer = response && [await response.text().catch(String), ...[...response.headers].flat()];
  return [printed(outcome), ...(answer ?? [])].join("\n");
}
