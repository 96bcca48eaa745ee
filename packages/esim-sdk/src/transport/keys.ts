import { type CallInfo, EsimTimeoutError } from "../errors.ts";
import type { Limits, Settings } from "../settings.ts";
import type { Key } from "./redact.ts";
import { TIME_IS_UP, withTimeLimit } from "./time-limit.ts";

/**
 * The keys for a call. Strings are returned synchronously; functions and promises get the same time limit as one attempt.
 * @throws EsimTimeoutError if they do not resolve in time, the signal's reason, or what the caller's function throws
 */
export function getKeys(
  { keys }: Settings,
  { timeout, totalTimeout }: Limits,
  info: CallInfo,
  signal: AbortSignal | undefined,
): readonly Key[] | Promise<readonly Key[]> {
  if (keys.every((key) => typeof key !== "function")) return keys as Key[];
  const limit = Math.min(timeout || Infinity, totalTimeout || Infinity);
  const ask = () => Promise.all(keys.map((key) => (typeof key === "function" ? key() : key)));
  return withTimeLimit(limit, signal, ask).catch((error) => {
    if (error !== TIME_IS_UP) throw error;
    throw new EsimTimeoutError(info, `no keys within ${limit.toFixed()} ms`, { outcomeUnknown: false });
  });
}
