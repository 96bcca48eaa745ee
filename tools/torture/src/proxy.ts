import { once } from "node:events";
import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { listen } from "@betatelltd/esim-testing";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * What can happen to a request, and how often. What is left over goes well. The two that outlast the time limit are the rarest: each holds
 * its caller up for half a minute.
 */
export const faults = {
  "reset before it is passed on": 0.03,
  "reset while it is passed on": 0.02,
  "reset during the answer": 0.03,
  "reset after it was carried out": 0.03,
  "answer later than the time limit": 0.001,
  "passed on later than the time limit": 0.001,
  "half of the JSON": 0.03,
  "429 with Retry-After": 0.02,
  "503 with Retry-After": 0.02,
  "502 after it was carried out": 0.03,
  "overtaken by others": 0.05,
  "a read passed on twice": 0.03,
} as const;
export type Fault = keyof typeof faults;
/** How often each is to happen, as a share of all requests. */
export type Shares = Readonly<Record<Fault, number>>;

/** A request that was passed on, and what the mock said to it. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
}

export interface Proxy {
  readonly url: string;
  readonly passed: readonly Passed[];
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<Fault, number>;
  /** Resolves when no request is held back any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** How much longer than the time limit, and how long for others to overtake, in milliseconds. */
const PAST_TIME_LIMIT = 1000;
const OVERTAKEN_AFTER = 150;

/**
 * A server before the mock that does to requests what networks do. Which fault strikes is drawn from `seed`, in the order in which
 * requests arrive.
 *
 * @param timeLimit of the clients, in milliseconds, for the faults that outlast it
 */
export async function startProxy(
  upstream: string,
  seed: number,
  timeLimit: number,
  shares: Shares = faults,
): Promise<Proxy> {
  const random = xoroshiro128plus(seed);
  const passed: Passed[] = [];
  const struck = new Map<Fault, number>();
  const held = new Set<Promise<void>>();

  async function passOn({ method = "", url = "", headers }: IncomingMessage, body: Buffer) {
    const outgoing = requestHttp(upstream + url, {
      method,
      headers: { ...headers, connection: "close" },
      agent: false,
    });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    const bytes = Buffer.concat(await answer.toArray());
    const status = answer.statusCode ?? 0;
    passed.push({ method, path: url, body: String(body), status });
    return {
      status,
      headers: { "content-type": answer.headers["content-type"] ?? "application/json" },
      bytes,
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = drawn(shares, uniformFloat64(random), request.method === "GET");
    if (fault) struck.set(fault, (struck.get(fault) ?? 0) + 1);
    const body = Buffer.concat(await request.toArray());
    const reset = () => request.socket.destroy();
    const answer = async () => {
      const { status, headers, bytes } = await passOn(request, body);
      response.writeHead(status, headers).end(bytes);
    };
    const busy = (status: number) => response.writeHead(status, { "retry-after": "1" }).end("{}");

    const strike: Record<Fault, () => unknown> = {
      "reset before it is passed on": reset,
      async "reset while it is passed on"() {
        const answered = passOn(request, body);
        reset();
        await answered;
      },
      async "reset during the answer"() {
        const { status, headers, bytes } = await passOn(request, body);
        response.writeHead(status, { ...headers, "content-length": bytes.length });
        if (bytes.length === 0) return reset();
        response.write(bytes.subarray(0, bytes.length / 2), reset);
      },
      async "reset after it was carried out"() {
        await passOn(request, body);
        reset();
      },
      async "answer later than the time limit"() {
        const { status, headers, bytes } = await passOn(request, body);
        await sleep(timeLimit + PAST_TIME_LIMIT);
        response.writeHead(status, headers).end(bytes);
      },
      async "passed on later than the time limit"() {
        await sleep(timeLimit + PAST_TIME_LIMIT);
        await answer();
      },
      async "half of the JSON"() {
        const { status, headers, bytes } = await passOn(request, body);
        response.writeHead(status, headers).end(bytes.subarray(0, bytes.length / 2));
      },
      "429 with Retry-After": () => busy(429),
      "503 with Retry-After": () => busy(503),
      async "502 after it was carried out"() {
        await passOn(request, body);
        response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
      },
      async "overtaken by others"() {
        await sleep(OVERTAKEN_AFTER);
        await answer();
      },
      async "a read passed on twice"() {
        await passOn(request, body);
        await answer();
      },
    };
    await (fault ? strike[fault]() : answer());
  }

  const server = createServer((request, response) => {
    const handled: Promise<void> = handle(request, response)
      .catch(() => void request.socket.destroy())
      .finally(() => held.delete(handled));
    held.add(handled);
  });
  return {
    ...(await listen(server)),
    passed,
    struck,
    async idle() {
      while (held.size > 0) await Promise.all(held);
    },
  };
}

function drawn(shares: Shares, at: number, isRead: boolean): Fault | undefined {
  let sum = 0;
  for (const [fault, each] of Object.entries(shares) as [Fault, number][]) {
    sum += each;
    if (at < sum) return fault === "a read passed on twice" && !isRead ? undefined : fault;
  }
  return undefined;
}
