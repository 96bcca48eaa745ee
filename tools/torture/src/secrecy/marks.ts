/** Keys that are easy to find where they must not be, with characters that are written differently in an address. */
export const marks = { apiKey: "secret/api+key=7f3a9c", userId: "secret/user+id=2b8d4e" } as const;

const written = [(key: string) => key, encodeURIComponent, btoa];

/** Whether a key stands in a text, as it is or as addresses and `Authorization` write it. */
export function isMarked(text: string): boolean {
  return Object.values(marks).some((key) => written.some((write) => text.includes(write(key))));
}

/** What came to light where. */
export interface Leak {
  /** The error path: who called, and what went wrong. */
  readonly path: string;
  readonly where: string;
}

/** What a sweep came to. */
export interface Sweep {
  /** How many paths ended with an error, after the server was asked where that is what they are about. */
  readonly paths: number;
  readonly leaks: readonly Leak[];
}
