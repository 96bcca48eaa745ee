/** Calls a hook, if there is one. Whatever it does, it cannot break the call it reports on. */
export function report<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return;
  try {
    // An unhandled rejection of an async hook would end the process.
    Promise.resolve(hook(Object.freeze(event))).then(undefined, () => {});
  } catch {
    // A broken logger must not lose a purchase.
  }
}
