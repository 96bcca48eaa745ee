/** What is done. */
type Call = "list" | "create" | "activate" | "once";

/** The servers that calls go to, as URLs without a path. */
export interface Addresses {
  /** The hostile server. */
  readonly server: string;
  /** The same on another port, so that no other call shares its connections. */
  readonly apart: string;
  /** The hostile server behind an untrusted certificate. */
  readonly untrusted: string;
  /** The hostile server, which does not speak TLS, as an https: URL. */
  readonly plain: string;
  /** A port that nothing listens on. */
  readonly refused: string;
  /** A port that browsers block. */
  readonly blocked: string;
  readonly unknownHost: string;
}

/** What the call must come to. */
type Expected =
  /** It resolves. */
  | { readonly status: number; readonly rows?: number }
  /** The server refuses it: an API class throws the error, a client resolves to it. */
  | { readonly refusal: number }
  /** It rejects with an error of this name; `EsimError` stands for any error of the client. */
  | {
      readonly error:
        | "EsimError"
        | "EsimApiError"
        | "EsimConnectionError"
        | "EsimTimeoutError"
        | "AbortError";
    };

/** One call, and what the server does with it. */
export interface Case {
  readonly name: string;
  /** The promise that it belongs to. */
  readonly promise: keyof typeof PROMISES;
  readonly call: Call;
  /** What the server does, by its name in hostile.ts. Not set if nothing arrives. */
  readonly server?: string;
  readonly at?: keyof Addresses;
  readonly options?: { timeout?: number; maxRetries?: number; maxResponseBytes?: number };
  readonly abort?: "before" | "during";
  readonly expected: Expected;
  /** Whether the client must report an unknown outcome. Not set if that depends on the runtime. */
  readonly outcomeUnknown?: boolean;
  /** How many requests the server must receive: exactly this many writes, at least this many reads. A browser may repeat a read by itself. */
  readonly arrives: number;
  /** Whether browsers repeat it by themselves, which no page can prevent. */
  readonly isRepeatedByBrowsers?: boolean;
}

export const PROMISES = {
  works: "lists, creates and activates",
  repeats: "repeats only what is safe to repeat, and sends a write with an unknown outcome once",
  connects: "reports what it knows about a server that it cannot reach",
  ends: "enforces time limits, and ends when it is aborted",
  survives: "turns any response into a typed error",
  keys: "sends both keys where they belong, and shows or sends them nowhere else",
} as const;

const ONCE = { maxRetries: 0 };
const TWICE = { maxRetries: 1 };
/** Long enough for the request to arrive first, even on a busy machine. */
const SHORT = { maxRetries: 0, timeout: 1500 };

export const CASES: readonly Case[] = [
  {
    name: "list",
    promise: "works",
    call: "list",
    server: "fine",
    expected: { status: 200, rows: 20 },
    arrives: 1,
  },
  { name: "create", promise: "works", call: "create", server: "fine", expected: { status: 201 }, arrives: 1 },
  {
    name: "activate",
    promise: "works",
    call: "activate",
    server: "fine",
    expected: { status: 204 },
    arrives: 1,
  },
  {
    name: "create-once",
    promise: "works",
    call: "once",
    server: "fine",
    expected: { status: 201 },
    arrives: 1,
  },
  {
    name: "gzip",
    promise: "works",
    call: "list",
    server: "gzip",
    expected: { status: 200, rows: 20 },
    arrives: 1,
  },

  {
    name: "busy-read",
    promise: "repeats",
    call: "list",
    server: "busy",
    expected: { status: 200, rows: 20 },
    arrives: 3,
  },
  {
    name: "busy-write",
    promise: "repeats",
    call: "create",
    server: "busy",
    expected: { refusal: 503 },
    outcomeUnknown: true,
    arrives: 1,
  },
  {
    name: "limited-write",
    promise: "repeats",
    call: "create",
    server: "limited",
    expected: { status: 201 },
    arrives: 2,
  },
  {
    name: "misdirected-write",
    promise: "repeats",
    call: "create",
    server: "misdirected",
    options: ONCE,
    expected: { refusal: 421 },
    outcomeUnknown: false,
    arrives: 1,
    isRepeatedByBrowsers: true,
  },
  {
    name: "lost-read",
    promise: "repeats",
    call: "list",
    server: "reset",
    options: TWICE,
    expected: { error: "EsimConnectionError" },
    outcomeUnknown: false,
    arrives: 2,
  },
  {
    name: "lost-write",
    promise: "repeats",
    call: "create",
    server: "reset",
    // A browser repeats it only on a used connection. Here it always has one, from the preflight request.
    at: "apart",
    options: TWICE,
    expected: { error: "EsimConnectionError" },
    outcomeUnknown: true,
    arrives: 1,
    isRepeatedByBrowsers: true,
  },

  ...(["refused", "blocked", "unknownHost", "untrusted", "plain"] as const).map(
    (at): Case => ({
      name: `${at}-write`,
      promise: "connects",
      call: "create",
      at,
      server: "fine",
      options: TWICE,
      expected: { error: "EsimConnectionError" },
      arrives: 0,
    }),
  ),

  {
    name: "stalled-read",
    promise: "ends",
    call: "list",
    server: "stall",
    options: SHORT,
    expected: { error: "EsimTimeoutError" },
    outcomeUnknown: false,
    arrives: 1,
  },
  {
    name: "stalled-write",
    promise: "ends",
    call: "create",
    server: "stall",
    options: SHORT,
    expected: { error: "EsimTimeoutError" },
    outcomeUnknown: true,
    arrives: 1,
  },
  {
    name: "stalled-answer-read",
    promise: "ends",
    call: "list",
    server: "stall-in-body",
    options: SHORT,
    expected: { error: "EsimTimeoutError" },
    outcomeUnknown: false,
    arrives: 1,
  },
  {
    name: "stalled-answer-write",
    promise: "ends",
    call: "create",
    server: "stall-in-body",
    options: SHORT,
    expected: { error: "EsimTimeoutError" },
    outcomeUnknown: true,
    arrives: 1,
  },
  {
    name: "aborted-before-write",
    promise: "ends",
    call: "create",
    server: "fine",
    abort: "before",
    expected: { error: "AbortError" },
    outcomeUnknown: false,
    arrives: 0,
  },
  {
    name: "aborted-read",
    promise: "ends",
    call: "list",
    server: "stall",
    abort: "during",
    expected: { error: "AbortError" },
    outcomeUnknown: false,
    arrives: 1,
  },
  {
    name: "aborted-write",
    promise: "ends",
    call: "create",
    server: "stall",
    abort: "during",
    expected: { error: "AbortError" },
    outcomeUnknown: true,
    arrives: 1,
  },

  {
    name: "cut-short-read",
    promise: "survives",
    call: "list",
    server: "cut-short",
    options: ONCE,
    expected: { error: "EsimError" },
    outcomeUnknown: false,
    arrives: 1,
  },
  {
    name: "cut-short-write",
    promise: "survives",
    call: "create",
    server: "cut-short",
    options: TWICE,
    expected: { error: "EsimError" },
    outcomeUnknown: true,
    arrives: 1,
  },
  {
    name: "too-long-read",
    promise: "survives",
    call: "list",
    server: "long",
    options: { maxRetries: 0, maxResponseBytes: 10_000 },
    expected: { error: "EsimError" },
    outcomeUnknown: false,
    arrives: 1,
  },
  {
    name: "login-page-write",
    promise: "survives",
    call: "activate",
    server: "login-page",
    expected: { error: "EsimApiError" },
    outcomeUnknown: true,
    arrives: 1,
  },

  {
    name: "redirected-read",
    promise: "keys",
    call: "list",
    server: "redirect",
    expected: { error: "EsimApiError" },
    outcomeUnknown: false,
    arrives: 1,
  },
  {
    name: "redirected-write",
    promise: "keys",
    call: "create",
    server: "redirect",
    expected: { error: "EsimApiError" },
    outcomeUnknown: true,
    arrives: 1,
  },
  {
    name: "quoted-in-failure",
    promise: "keys",
    call: "create",
    server: "quote-in-failure",
    expected: { refusal: 500 },
    outcomeUnknown: true,
    arrives: 1,
  },
  {
    name: "quoted-in-page",
    promise: "keys",
    call: "list",
    server: "quote-in-page",
    options: ONCE,
    expected: { error: "EsimApiError" },
    outcomeUnknown: false,
    arrives: 1,
  },
];

/** One after the other, because the write must be sent on the connection of the read before it. */
export const KEPT_ALIVE: readonly [read: Case, write: Case] = [
  {
    name: "kept-alive-read",
    promise: "repeats",
    call: "list",
    at: "apart",
    server: "reset-later",
    options: ONCE,
    expected: { status: 200, rows: 20 },
    arrives: 1,
  },
  {
    name: "kept-alive-write",
    promise: "repeats",
    call: "create",
    at: "apart",
    server: "reset-later",
    options: TWICE,
    expected: { error: "EsimConnectionError" },
    outcomeUnknown: true,
    arrives: 1,
    isRepeatedByBrowsers: true,
  },
];
