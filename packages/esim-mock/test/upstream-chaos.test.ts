import { once } from "node:events";
import { request as requestHttp } from "node:http";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { keys, mockForTest } from "./mock-for-test.ts";

const MIB = 1024 * 1024;
const ANSWERS = 500;

/** How a service can misbehave: the bytes it sends, and after how many of them it stops. */
interface Misbehaviour {
  readonly bytes: Buffer;
  readonly stopAt: number;
  readonly isReset: boolean;
}

const bomb = gzipSync(Buffer.alloc(64 * MIB, 32));
const deep = Buffer.from(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
const deepRow = Buffer.from(`${'{"package_template":'.repeat(20_000)}1${"}".repeat(20_000)}`);

const content: fc.Arbitrary<readonly [Buffer, string]> = fc.oneof(
  fc.json().map((text) => [Buffer.from(text), ""] as const),
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => [Buffer.from(bytes), ""] as const),
  fc.constantFrom(
    [bomb, "content-encoding: gzip"] as const,
    [bomb.subarray(0, 3_000), "content-encoding: gzip"] as const,
    [bomb, "content-encoding: gzip, gzip, br, __proto__"] as const,
    [deep, ""] as const,
    [deepRow, ""] as const,
    [Buffer.alloc(3 * MIB, 97), ""] as const,
    [Buffer.alloc(0), ""] as const,
  ),
);

const oddHeader = fc.oneof(
  fc
    .tuple(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ maxLength: 40 }))
    .map(([name, value]) => `${name}: ${value}`),
  fc.constantFrom(
    "x-control: a\u0001b\u007f",
    "x-nul: a\u0000b",
    "x-high: \u0080\u00ff",
    "x y: space in the name",
    ": no name",
    "no colon",
    "__proto__: x",
    "constructor: x",
    "x-contract-violations: forged\u001b",
    "access-control-allow-origin: nobody",
    "connection: upgrade, x-none",
    "upgrade: websocket",
    "trailer: x-sum",
    "transfer-encoding: chunked",
    "transfer-encoding: gzip",
    "content-length: 5",
    "content-length: -1",
    "content-type: garbage",
    "content-type: application/json; charset=\u0001",
    "set-cookie: a=1\r\nset-cookie: b=2",
    "date: never\r\ndate: ever",
    "vary: *",
    `x-long: ${"x".repeat(20_000)}`,
    Array.from({ length: 300 }, (_, index) => `x-${index}: y`).join("\r\n"),
  ),
);

/** Correct in eight of ten cases, so that each misbehaviour gets as far as it can. */
const mostly = <T>(right: T, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(right) }, { weight: 2, arbitrary: wrong });

const status = fc.oneof(
  fc.constant("200"),
  fc.integer({ min: 0, max: 999 }).map((code) => String(code).padStart(3, "0")),
  fc.constantFrom("101", "100", "000", "204", "304", "99", "1000", "2x0", "-20", ""),
);

const earlier = fc.constantFrom(
  "HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n",
  "HTTP/1.1 103 Early Hints\r\nlink: nonsense\r\n\r\n",
  "HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n: bad\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n".repeat(200),
);

const trailer = fc.constantFrom(
  "",
  "x-sum: abc\r\n",
  "content-length: 5\r\nset-cookie: a\r\n",
  "x-high: \u0080\u00ff\r\n",
  ": bad\r\n",
);

/** One chunk, or none, and trailers. */
function inChunks(body: Buffer, trailers: string): Buffer {
  const chunk = body.length === 0 ? [] : [`${body.length.toString(16)}\r\n`, body, "\r\n"];
  return Buffer.concat(
    [...chunk, `0\r\n${trailers}\r\n`].map((part) => Buffer.from(part as string, "latin1")),
  );
}

const misbehaviour: fc.Arbitrary<Misbehaviour> = fc
  .record({
    earlier: mostly("", earlier),
    status: mostly("200", status),
    reason: mostly("OK", fc.constantFrom("", "Very Well", "\u00fc", "a\u0001b")),
    headers: mostly<string[]>([], fc.array(oddHeader, { minLength: 1, maxLength: 3 })),
    content,
    off: mostly<number | undefined>(0, fc.constantFrom(-1, 7, undefined)),
    trailer: mostly<string | undefined>(undefined, trailer),
    share: mostly(1, fc.constantFrom(0.99, 0.5, 0.1, 0)),
    isReset: mostly(false, fc.constant(true)),
  })
  .map((parts) => {
    const [plain, encoding] = parts.content;
    const { trailer } = parts;
    const body = trailer === undefined ? plain : inChunks(plain, trailer);
    const length = parts.off === undefined ? "" : `content-length: ${Math.max(0, body.length + parts.off)}`;
    const framing = trailer === undefined ? length : "transfer-encoding: chunked";
    const start = `HTTP/1.1 ${parts.status} ${parts.reason}`;
    const lines = [start, "content-type: application/json", encoding, ...parts.headers, framing];
    const head = lines.filter((line) => line !== "").join("\r\n");
    const bytes = Buffer.concat([Buffer.from(`${parts.earlier}${head}\r\n\r\n`, "latin1"), body]);
    return { bytes, stopAt: Math.floor(bytes.length * parts.share), isReset: parts.isReset };
  });

/** A service that answers each connection with the next of these, then with a plain 200. */
async function misbehave(answers: Iterator<Misbehaviour>): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      const { done, value } = answers.next();
      if (done) {
        socket.end("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
        return;
      }
      socket.write(value.bytes.subarray(0, value.stopAt), () => {
        if (value.isReset) socket.resetAndDestroy();
        else socket.end();
      });
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** The status that a caller gets, or "cut". The caller leaves at the start of the body or reads it to the end. */
function call(url: string, method: string, leaves = false): Promise<number | "cut"> {
  return new Promise((resolve) => {
    const cut = () => resolve("cut");
    const request = requestHttp(`${url}/packages/pkg_1`, { method, headers: keys, agent: false });
    request.on("response", (response) => {
      response.on("end", () => resolve(response.statusCode ?? 0)).on("error", cut);
      if (leaves) request.destroy();
      response.resume();
    });
    request.on("error", cut).end();
  });
}

test(`${ANSWERS} misbehaving services neither end it nor exhaust its memory`, {
  timeout: 120_000,
}, async () => {
  const seed = Math.floor(Math.random() * 1e9);
  const answers = fc.sample(misbehaviour, { numRuns: ANSWERS, seed });
  const mock = await mockForTest({ upstream: await misbehave(answers.values()) });
  const before = process.memoryUsage().rss;
  const outcomes: (number | "cut")[] = [];
  for (let index = 0; index < ANSWERS; index += 1) {
    outcomes.push(await call(mock.url, index % 10 === 0 ? "HEAD" : "GET", index % 7 === 0));
  }
  const growth = (process.memoryUsage().rss - before) / MIB;

  expect(await call(mock.url, "GET"), `seed ${seed}`).toBe(200);
  const { requests, drift } = await mock.drift();
  expect(requests, `seed ${seed}`).toBe(ANSWERS + 1);
  expect(drift.length).toBeGreaterThan(0);
  // Some of each; otherwise the service did not misbehave as intended.
  const cut = outcomes.filter((outcome) => outcome === "cut").length;
  expect(cut).toBeGreaterThan(ANSWERS / 20);
  expect(ANSWERS - cut).toBeGreaterThan(ANSWERS / 20);
  expect(outcomes.filter((outcome) => typeof outcome === "number" && outcome < 200)).toEqual([]);
  expect(growth, `seed ${seed}`).toBeLessThan(250);
});
