/** A clock that runs like the machine's, and can be moved. All times are milliseconds since 1970. */
export class Clock {
  #offset = 0;
  readonly #real: () => number;

  constructor(real: () => number = Date.now) {
    this.#real = real;
  }

  now(): number {
    return Math.trunc(this.#real()) + this.#offset;
  }

  /** How far ahead of the machine's clock it is, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  /** Back to the machine's time. */
  reset(): void {
    this.#offset = 0;
  }

  /** Moves it to a time, in milliseconds since 1970. */
  set(time: number): void {
    if (!Number.isSafeInteger(time)) throw new RangeError(`${time} is not a time in milliseconds since 1970`);
    if (time < this.now())
      throw new RangeError("the clock moves forward only: what has expired stays expired");
    this.#offset += time - this.now();
  }
}
