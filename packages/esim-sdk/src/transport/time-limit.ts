/** Thrown by {@link withTimeLimit} when the time is up. Compared by identity, so that nothing else passes for it. */
export const TIME_IS_UP = { message: "time is up" };

/** A timer of more milliseconds than this overflows, and fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs `work` until it settles, `ms` milliseconds have passed, or `signal` aborts. It ends on time even where the work cannot be ended.
 * @param work is handed a function that says how to end it early
 * @throws TIME_IS_UP, the reason of `signal`, or what `work` throws
 */
export function withTimeLimit<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (onEnd: (end: () => void) => void) => Promise<T> | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let endWork: (() => void) | undefined;
    // Not AbortSignal.any: a listener that is taken off again leaves nothing behind on a signal that lives long.
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const end = (reason: unknown) => {
      settle();
      reject(reason);
      endWork?.();
    };
    const abort = () => end(reasonOf(signal));
    signal?.addEventListener("abort", abort);
    const timer = setTimeout(end, Math.min(ms, LONGEST_TIMER), TIME_IS_UP);
    if (signal?.aborted) abort();
    else
      work((how) => {
        endWork = how;
      })?.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
  });
}

/** Waits `ms` milliseconds, or until `signal` aborts. @throws the reason of `signal` */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await withTimeLimit<never>(ms, signal, () => undefined).catch((reason) => {
    if (reason !== TIME_IS_UP) throw reason;
  });
}

/** @throws the reason of a signal that was aborted */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/** Why a signal was aborted; old platforms do not say. */
export function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? abortError("This operation was aborted");
}

/** The error of an abort; a plain one on platforms that have no `DOMException`. */
export function abortError(message: string): Error {
  return globalThis.DOMException
    ? new DOMException(message, "AbortError")
    : Object.assign(new Error(message), { name: "AbortError" });
}
