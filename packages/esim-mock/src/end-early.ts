/** What ends the program by itself, without an error. */
export const END_SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Ends a program that has begun nothing yet that would have to be ended. */
export function endEarly(): void {
  process.exit(0);
}
