/** A request as it is remembered: never a header or a query, which may carry keys. */
export interface LoggedRequest {
  /** Counts from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  /** 0 for a connection that was cut. */
  readonly status: number;
  /** What was wrong with it, or with its answer. */
  readonly notes: readonly string[];
}

const remembered = 100;

/** The last requests of the API, newest first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #number = 0;

  add(request: Omit<LoggedRequest, "number">): void {
    this.#requests.unshift({ number: ++this.#number, ...request });
    if (this.#requests.length > remembered) this.#requests.pop();
  }

  list(): readonly LoggedRequest[] {
    return [...this.#requests];
  }
}
