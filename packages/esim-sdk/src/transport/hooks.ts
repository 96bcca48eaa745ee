/** Calls a hook, if there is one. Nothing that it does can break the call it reports on. */
export function report<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return;
  try {
    // Of an async one, the rejection would end the process.
    Promise.resolve(hook(Object.freeze(event))).then(undefined, () => {});
  } catch {
    // A broken log is no reason to lose a purchase.
  }
}
