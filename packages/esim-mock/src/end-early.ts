/** The signals that end the program cleanly. */
export const END_SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Ends the program while nothing has started yet that would need stopping. */
export function endEarly(): void {
  process.exit(0);
}
