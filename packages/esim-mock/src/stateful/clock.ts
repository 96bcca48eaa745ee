/** Where a clock stores its offset. */
export interface ClockOffset {
  read(): number;
  /** Updates it atomically. */
  change(next: (offset: number) => number): void;
}

/** A clock that runs like the machine's but can be moved. All times are milliseconds since 1970. */
export class Clock {
  readonly #offset: ClockOffset;

  constructor(offset: ClockOffset = offsetInMemory()) {
    this.#offset = offset;
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** How far ahead of the machine's clock it is, in milliseconds. */
  get offset(): number {
    return this.#offset.read();
  }

  /** Returns to the machine's time. */
  reset(): void {
    this.#offset.change(() => 0);
  }

  /** Moves it forward, by milliseconds. */
  advance(by: number): void {
    this.#offset.change((offset) => offset + by);
  }

  /** Moves it to a time, in milliseconds since 1970. */
  set(time: number): void {
    if (!Number.isSafeInteger(time)) throw new RangeError(`${time} is not a time in milliseconds since 1970`);
    this.#offset.change((offset) => {
      const now = Date.now() + offset;
      if (time < now) throw new RangeError("the clock moves forward only: what has expired stays expired");
      return offset + time - now;
    });
  }
}

function offsetInMemory(): ClockOffset {
  let offset = 0;
  return {
    read: () => offset,
    change(next) {
      offset = next(offset);
    },
  };
}
