/** A request as it is logged: of its headers only who asked, and no query, because these may carry keys. */
export interface LoggedRequest {
  /** Counts from 1. */
  readonly number: number;
  /** When it was answered, by the machine's clock, in milliseconds since 1970. */
  readonly time: number;
  /** Whose account it was about, from `x-user-id`; empty without one, and for a real service, where it is a key. */
  readonly user: string;
  readonly method: string;
  readonly path: string;
  /** 0 for a connection that was cut. */
  readonly status: number;
  /** What was wrong with it, or with its answer. */
  readonly notes: readonly string[];
}

const MAX_REQUESTS = 100;

/** Of a longer user ID this much is kept, so that the log stays small whatever is sent. */
const LONGEST_USER = 128;

/** The last requests of the API, newest first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #number = 0;
  readonly #hasUsers: boolean;

  /** @param hasUsers whether to keep who asked */
  constructor(hasUsers: boolean) {
    this.#hasUsers = hasUsers;
  }

  add({ user, ...request }: Omit<LoggedRequest, "number" | "time">): void {
    this.#requests.unshift({
      number: ++this.#number,
      time: Date.now(),
      user: this.#hasUsers ? user.slice(0, LONGEST_USER) : "",
      ...request,
    });
    if (this.#requests.length > MAX_REQUESTS) this.#requests.pop();
  }

  list(): readonly LoggedRequest[] {
    return [...this.#requests];
  }
}
