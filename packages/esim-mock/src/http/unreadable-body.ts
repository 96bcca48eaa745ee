/** Stands where the body would be when it could not be read as what it says it is. */
export class UnreadableBody {
  /** Completes the sentence "the request body …". */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
