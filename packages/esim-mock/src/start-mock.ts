import { createServer } from "node:http";
import { createComponents } from "./contract/components.ts";
import { loadDocument } from "./contract/load-document.ts";
import { createPipeline } from "./contract/pipeline.ts";
import { type ClockReading, Control, type NetworkReading } from "./control/control.ts";
import { type Fault, type FaultSpec, Faults } from "./control/faults.ts";
import type { LoggedRequest } from "./control/request-log.ts";
import { answerClientError } from "./http/client-error.ts";
import { listen } from "./http/listen.ts";
import { createLogger, type LogLevel, logLevels } from "./http/logger.ts";
import { MockStartError } from "./mock-start-error.ts";
import { servePages } from "./pages/serve-pages.ts";
import { byContract, createRequestHandler } from "./request-handler.ts";
import { Clock } from "./stateful/clock.ts";
import { answerFromStore } from "./stateful/handlers.ts";
import type { Usage } from "./stateful/packages/packages.ts";
import { readSeed } from "./stateful/read-seed.ts";
import { builtInSeed } from "./stateful/seed.ts";
import { Store } from "./stateful/store.ts";
import { Drift, type DriftReport } from "./upstream/drift.ts";
import { createUpstream } from "./upstream/upstream.ts";
import { toUpstream } from "./upstream/upstream-url.ts";

/** How to start a mock. All is optional. */
export interface MockOptions {
  /** TCP port, 0 to 65535. 0 takes a free one, which `Mock.port` tells. @default 4010 */
  port?: number | undefined;
  /** Address to listen on; 0.0.0.0 lets other machines in. @default "127.0.0.1" */
  host?: string | undefined;
  /**
   * Generate answers from the schemas instead of taking the document's examples. A request can choose for itself, with
   * `Prefer: dynamic=true` or `dynamic=false`. @default false
   */
  dynamic?: boolean | undefined;
  /** How much to write to stderr: each request from `info` up, what is wrong with one from `warn` up. @default "silent" */
  logLevel?: LogLevel | undefined;
  /**
   * Remember: what was created can be fetched, listed, activated and terminated, by the rules of the contract. Each user ID has
   * an account of its own. @default false
   */
  stateful?: boolean | undefined;
  /** With `stateful`, the file that keeps the state (SQLite). @default none; the state is gone when the mock closes */
  state?: string | undefined;
  /** With `stateful`, a JSON file of templates, SIMs and packages that each account begins with. @default a built-in one */
  seed?: string | undefined;
  /** Serve the control routes below `/_mock`: clock, network events, faults, reset. @default true */
  control?: boolean | undefined;
  /**
   * Address of the real service. Requests are passed on to it, keys included, answers come back unchanged, and both are checked
   * against the document. @default none; the mock answers by itself
   */
  upstream?: string | undefined;
  /**
   * Whether requests that are valid beyond doubt pass without Prism. Answers are the same without it, and take longer: a question
   * to ask when an answer looks wrong. @default true
   */
  fastPath?: boolean | undefined;
  /** Path of another OpenAPI document, YAML or JSON. @default the document of `@betatelltd/esim-openapi` */
  spec?: string | undefined;
}

/** A mock that runs. */
export interface Mock {
  /** The clock of a mock that remembers. Expiry, windows and dates follow it. */
  readonly clock: {
    read(): Promise<ClockReading>;
    /** Moves it forward by milliseconds, or a text such as `7d`. */
    advance(by: number | string): Promise<ClockReading>;
    /** Moves it forward to a time, in milliseconds since 1970 or as ISO 8601. */
    set(to: number | string): Promise<ClockReading>;
  };
  /** What the network does with a package of a user's, in a mock that remembers. */
  readonly network: {
    /** Uses up bytes, minutes and SMS, down to 0. The first use activates a package of an AUTO template. */
    use(user: string, id: string, usage: Usage): Promise<NetworkReading>;
    suspend(user: string, id: string): Promise<NetworkReading>;
    resume(user: string, id: string): Promise<NetworkReading>;
  };
  /** Orders something to go wrong. */
  fault(spec: FaultSpec): Promise<Fault>;
  /** What is ordered to go wrong. */
  faults(): Promise<readonly Fault[]>;
  /** Takes back one fault, or all. */
  clearFaults(id?: number): Promise<void>;
  /** The last 100 requests, newest first: method, path, status and what was wrong, never a header or a query. */
  requests(): Promise<readonly LoggedRequest[]>;
  /** Back to the start: no faults, the machine's time, every account as the seed has it. */
  reset(): Promise<void>;
  /** In what the service of `upstream` was seen to depart from the document. Empty without one. */
  drift(): Promise<DriftReport>;
  /** Where it listens, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /** The TCP port. */
  readonly port: number;
  /** Stops listening, ends every connection, idle or not, and resolves when the port is free. Can be called twice. */
  close(): Promise<void>;
}

// Longer than clients keep idle connections, so that none is closed under a request that is on its way.
const keepAliveMilliseconds = 65_000;

/**
 * Starts a server that validates requests and answers them by the OpenAPI document.
 *
 * @throws MockStartError with code `PORT` if the address cannot be listened on, `DOCUMENT` if the document cannot be
 * read or used, `OPTION` for a port or log level that cannot be, `STATE` and `SEED` for files that cannot be used.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port: wantedPort = 4010, host = "127.0.0.1", dynamic = false, logLevel = "silent", spec } = options;
  const { stateful = false, state, seed } = options;
  check(wantedPort, logLevel);
  checkTogether(options);
  const upstreamUrl = options.upstream === undefined ? undefined : toUpstream(options.upstream);

  const document = await loadDocument(spec);
  const { operations, basePaths } = document;
  const store = stateful ? new Store(state, seed === undefined ? builtInSeed() : readSeed(seed)) : undefined;
  const clock = store?.clock ?? new Clock();
  const components = createComponents({
    answer: (examples) => (store ? answerFromStore(store, examples) : examples),
    isFast: options.fastPath,
  });
  const upstream = upstreamUrl && createUpstream(upstreamUrl, operations, components);
  const drift = upstream?.drift ?? new Drift();
  const control = new Control(clock, store, new Faults(operations), drift);
  const handler = createRequestHandler(
    {
      answer:
        upstream?.passOn ?? byContract(createPipeline(operations, components, { dynamic, strict: stateful })),
      basePaths,
      files: servePages(document, options.control !== false),
      control,
      controllable: options.control !== false,
    },
    createLogger(logLevel),
  );
  const server = createServer({ keepAliveTimeout: keepAliveMilliseconds }, handler);
  server.on("clientError", answerClientError);

  const port = await listen(server, host, wantedPort).catch((error) => {
    store?.close();
    throw error;
  });
  let closed: Promise<void> | undefined;
  return {
    url: `http://${reachable(host)}:${port}`,
    port,
    // Promises, so that the same calls can one day go to a mock in another process.
    clock: {
      read: async () => control.readClock(),
      advance: async (by) => control.moveClock({ advance: by }),
      set: async (to) => control.moveClock({ set: to }),
    },
    network: {
      use: async (user, id, usage) => control.use(user, id, usage),
      suspend: async (user, id) => control.suspend(user, id),
      resume: async (user, id) => control.resume(user, id),
    },
    fault: async (spec) => control.addFault(spec),
    faults: async () => control.faults.list(),
    clearFaults: async (id) => control.faults.clear(id),
    requests: async () => control.requests.list(),
    reset: async () => control.reset(),
    drift: async () => drift.report(),
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => {
          store?.close();
          resolve();
        });
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

function check(port: number, logLevel: LogLevel): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new MockStartError("OPTION", `Port ${port} is not a whole number from 0 to 65535.`);
  }
  if (!logLevels.includes(logLevel)) {
    throw new MockStartError("OPTION", `Log level ${logLevel} is none of ${logLevels.join(", ")}.`);
  }
}

/** What cannot be asked for at once. */
function checkTogether({ stateful, dynamic, state, seed, upstream }: MockOptions): void {
  if (!stateful && (state ?? seed) !== undefined) {
    throw new MockStartError("OPTION", "A state or a seed needs a mock that remembers: add --stateful.");
  }
  if (upstream !== undefined && (stateful || dynamic)) {
    throw new MockStartError(
      "OPTION",
      "With an upstream it is the service that answers: leave --stateful and --dynamic out.",
    );
  }
}

/** A host to put into a URL: the wildcard addresses are for listening only. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
