/** A logged request. No query, and of the headers only the user ID, because the others may carry keys. */
export interface LoggedRequest {
  /** Counts from 1. */
  readonly number: number;
  /** When it was answered by the machine's clock, in milliseconds since 1970. */
  readonly time: number;
  /** The account, from `x-user-id`; empty without one, and with an upstream, where the ID is a key. */
  readonly user: string;
  readonly method: string;
  readonly path: string;
  /** 0 if the connection was cut. */
  readonly status: number;
  /** Problems with the request or its answer. */
  readonly notes: readonly string[];
}

const MAX_REQUESTS = 100;

/** Longer user IDs are cut, so that the log stays small whatever is sent. */
const LONGEST_USER = 128;

/** The last API requests, newest first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #number = 0;
  readonly #hasUsers: boolean;

  /** @param hasUsers whether to log user IDs */
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
