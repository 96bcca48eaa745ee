/** A word that a native engineer would not write here. */
export interface Word {
  /** Its forms, in lower case. A form with a space is a phrase, which may be broken across lines. */
  readonly forms: readonly string[];
  /** What to write instead. */
  readonly use: string;
}

/** The words to avoid. Adding one makes `pnpm lint` list every place that has it. */
export const WORDS: readonly Word[] = [
  {
    forms: ["tell", "tells", "telling", "told"],
    use: "report, print, log, describe, say or distinguish",
  },
  { forms: ["mend", "mends", "mended", "mending"], use: "fix" },
  { forms: ["deed", "deeds"], use: "write or action" },
  { forms: ["anew"], use: "again or new" },
  { forms: ["whoever", "whomever"], use: "anyone who, or name them: callers, users" },
  {
    forms: ["remember", "remembers", "remembered", "remembering"],
    use: "cache, keep or store; for the mock: stateful",
  },
  {
    forms: ["honour", "honours", "honoured", "honouring", "honor", "honors", "honored", "honoring"],
    use: "respect, apply or follow",
  },
  { forms: ["heed", "heeds", "heeded", "heeding"], use: "follow, check or listen to" },
  { forms: ["foresee", "foresees", "foreseen", "foresaw", "foreseeing"], use: "expect or plan for" },
  { forms: ["beyond doubt", "beyond any doubt"], use: "certain or certainly" },
  { forms: ["quick"], use: "fast; as a name: fastPath" },
  { forms: ["stranger", "strangers"], use: "another origin, an unrelated page, somebody else's" },
];
