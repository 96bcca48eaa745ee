/** A possible word, and its description. */
export interface Candidate {
  readonly word: string;
  readonly meaning?: string | undefined;
}
