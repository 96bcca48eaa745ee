/** Thrown by {@link withTimeLimit} when the time is up. Compare it by identity, so that nothing else is mistaken for it. */
export const TIME_IS_UP = { message: "time is up" };

/** A timer with more milliseconds than this overflows and fires at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** The reason of an error for a call that has used up its total time limit. */
export function ranOut(totalTimeout: number): string {
  return `totalTimeout of ${totalTimeout} ms ran out`;
}

/**
 * Runs `work` until it settles, `ms` milliseconds have passed, or `signal` aborts. It ends on time even if the work cannot be cancelled.
 * @param work receives a function with which it registers how to cancel it
 * @throws TIME_IS_UP, the reason of `signal`, or what `work` throws
 */
export function withTimeLimit<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (onEnd: (end: () => void) => void) => Promise<T> | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let endWork: (() => void) | undefined;
    // Not AbortSignal.any: removing the listener leaves nothing behind on a long-lived signal.
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
    const timer = setTimeout(end, Math.min(ms, MAX_TIMER), TIME_IS_UP);
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

/** @throws the reason of an aborted signal */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/** Why a signal was aborted. Old platforms have no `reason`. */
export function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? abortError("This operation was aborted");
}

/** The error for an abort; a plain `Error` on platforms without `DOMException`. */
export function abortError(message: string): Error {
  return globalThis.DOMException
    ? new DOMException(message, "AbortError")
    : Object.assign(new Error(message), { name: "AbortError" });
}
