/** Files in which a word to avoid is right. */
export interface Allowed {
  /** A path from the root, or a glob. */
  readonly path: string;
  /** The word, in the form in which it occurs; every word if left out. */
  readonly word?: string;
  readonly reason: string;
}

export const ALLOWED: readonly Allowed[] = [
  { path: "tools/words/{src,test}/*.ts", reason: "the list itself, and its tests" },
  { path: "pnpm-lock.yaml", word: "quick", reason: "names of packages that others publish" },
  {
    path: "tools/*/toolchain/package-lock.json",
    word: "quick",
    reason: "names of packages that others publish",
  },
  { path: "packages/esim-mock/src/stateful/inspect-file.ts", word: "quick", reason: "SQLite's quick_check" },
];
