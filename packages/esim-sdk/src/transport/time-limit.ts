import { EsimError } from "../errors.ts";

/** Thrown by {@link withTimeLimit} when the time is up. Compared by identity, so that nothing else passes for it. */
export const TIME_IS_UP = new EsimError("time is up");

/** A timer of more milliseconds than this overflows, and fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs `work` until it settles, `ms` milliseconds have passed, or `signal` aborts; it ends on time even where the work
 * ignores the signal that it is handed.
 * @throws TIME_IS_UP, the reason of `signal`, or what `work` throws
 */
export function withTimeLimit<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T> | undefined,
): Promise<T> {
  // Not AbortSignal.any: a listener that is taken off again leaves nothing behind on a signal that lives long.
  const controller = new AbortController();
  let end: (reason: unknown) => void;
  const abort = () => end(signal?.reason);
  let timer: ReturnType<typeof setTimeout>;
  return new Promise<T>((resolve, reject) => {
    end = (reason) => {
      controller.abort(reason);
      reject(reason);
    };
    timer = setTimeout(end, Math.min(ms, LONGEST_TIMER), TIME_IS_UP);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    else work(controller.signal)?.then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  });
}

/** Waits `ms` milliseconds, or until `signal` aborts. @throws the reason of `signal` */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await withTimeLimit<never>(ms, signal, () => undefined).catch((reason) => {
    if (reason !== TIME_IS_UP) throw reason;
  });
}
