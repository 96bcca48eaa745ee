/** Takes the place of a body that does not parse as its type. */
export class UnreadableBody {
  /** Completes the sentence "the request body …". */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
