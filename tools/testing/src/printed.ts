import { inspect } from "node:util";

/** Everything that a log could show of a value and its causes. */
export function printed(value: unknown): string {
  const { stack, message, cause } = Object(value) as { stack?: string; message?: string; cause?: unknown };
  const all = { depth: 20, showHidden: true, getters: true };
  const texts = [stack, message, String(value), JSON.stringify(value), inspect(value, all)];
  return [...texts, ...(cause === undefined ? [] : [printed(cause)])].join("\n");
}
