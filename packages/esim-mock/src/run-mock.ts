import { readFile } from "node:fs/promises";
import { createComponents } from "./contract/components.ts";
import { loadDocument, type MockDocument } from "./contract/load-document.ts";
import { createPipeline } from "./contract/pipeline.ts";
import { ReadFiles } from "./contract/read-files.ts";
import { createRouter } from "./contract/router.ts";
import { refuseTrailingSlash } from "./contract/trailing-slash.ts";
import { watchDocument } from "./contract/watch-document.ts";
import { Control } from "./control/control.ts";
import { Faults } from "./control/faults.ts";
import { createAccess } from "./http/access.ts";
import { answerClientError } from "./http/client-error.ts";
import { listen } from "./http/listen.ts";
import { createLogger } from "./http/logger.ts";
import { nodeHttp } from "./http/node-http.ts";
import type { Mock } from "./mock.ts";
import { MockStartError } from "./mock-start-error.ts";
import { checkOptions, type MockOptions } from "./options.ts";
import { servePages } from "./pages/serve-pages.ts";
import { byContract, createRequestHandler, type Served } from "./request-handler.ts";
import { builtInSeed } from "./stateful/built-in-seed.ts";
import { Clock } from "./stateful/clock.ts";
import { answerFromStore } from "./stateful/handlers.ts";
import { readSeed } from "./stateful/read-seed.ts";
import { Store } from "./stateful/store.ts";
import { createAgent } from "./upstream/create-agent.ts";
import { Drift } from "./upstream/drift.ts";
import { readForService } from "./upstream/inspected-copy.ts";
import { addressOf, answerFromUpstream, type Upstream } from "./upstream/upstream.ts";
import { toUpstream } from "./upstream/upstream-url.ts";
import { whyUnreadable } from "./why-unreadable.ts";

// Longer than clients keep idle connections, so that none is closed while a request is on its way.
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** A mock in this process. */
export interface RunningMock extends Mock {
  /** What to show to the person who has just started it. */
  startLines(): string[];
}

/** Runs a mock in this process. @throws MockStartError */
export async function runMock(options: MockOptions): Promise<RunningMock> {
  const { port: wantedPort = 4010, host = "127.0.0.1", dynamic = false, logLevel = "silent", spec } = options;
  const { stateful = false, state, seed } = options;
  checkOptions(options);
  const upstream = createUpstream(options);

  const files = new ReadFiles();
  let document = await loadDocument(spec, files);
  if (seed !== undefined) await checkSeedFile(seed);
  const store = stateful ? new Store(state, seed === undefined ? builtInSeed() : readSeed(seed)) : undefined;
  const clock = store?.clock ?? new Clock();
  const drift = upstream?.drift ?? new Drift();
  const control = new Control(clock, store, new Faults(() => document.operations), drift);
  const isControllable = options.control !== false;

  /** Everything that depends on the document; all other state survives a reload. */
  const serve = (from: MockDocument): Served => {
    const { operations, basePaths } = from;
    const components = createComponents({
      answer: (examples) => (store ? answerFromStore(store, examples) : examples),
      prepared: from,
      isFast: options.fastPath,
    });
    const route = createRouter(operations, components.route);
    const common = { basePaths, pages: servePages(from, control, isControllable) };
    if (upstream) return { ...common, route, answer: answerFromUpstream(upstream, from, components) };
    const pipeline = createPipeline(components, { dynamic, strict: stateful });
    return { ...common, route: refuseTrailingSlash(route), answer: byContract(pipeline) };
  };
  let served = serve(document);

  const log = createLogger(logLevel);
  const handler = createRequestHandler(
    {
      served: () => served,
      access: createAccess({
        host,
        allowHosts: options.allowHosts ?? [],
        allowOrigins: options.allowOrigins ?? [],
        isOpen: options.cors === "*",
        isPrivate: upstream !== undefined,
      }),
      readBody: upstream && readForService,
      control,
      isControllable,
    },
    log,
  );
  const server = nodeHttp.createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, handler);
  server.on("clientError", answerClientError);

  const port = await listen(server, host, wantedPort).catch((error) => {
    store?.close();
    throw error;
  });
  const reload = (changed: MockDocument) => {
    served = serve(changed);
    document = changed;
    control.events.changed();
  };
  const endWatch = options.watch ? watchDocument(spec, files, reload, log) : () => {};
  let closed: Promise<void> | undefined;
  return {
    url: `http://${reachable(host)}:${port}`,
    port,
    clock: {
      read: async () => control.readClock(),
      advance: async (by) => control.moveClock({ advance: by }),
      set: async (to) => control.moveClock({ set: to }),
    },
    network: {
      use: async (user, id, usage) => control.use(user, id, usage),
      suspend: async (user, id) => control.suspend(user, id),
      resume: async (user, id) => control.resume(user, id),
      profile: async (user, iccid, event) => control.profile(user, iccid, { event }),
      traffic: async (user, iccid, usage) => control.traffic(user, iccid, usage),
    },
    fault: async (spec) => control.addFault(spec),
    faults: async () => control.faults.list(),
    clearFaults: async (id) => control.faults.clear(id),
    requests: async () => control.requests.list(),
    reset: async () => control.reset(),
    drift: async () => drift.report(),
    startLines: () => served.pages.startLines(),
    close() {
      endWatch();
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

/** @throws MockStartError with code `SEED` if the file cannot be read */
async function checkSeedFile(file: string): Promise<void> {
  await readFile(file).catch((error) => {
    const message = `Cannot read the seed ${file}: ${whyUnreadable(error)}, or omit --seed to start with the built-in account.`;
    throw new MockStartError("SEED", message, { cause: error });
  });
}

/** The service of `upstream`, if there is one. */
function createUpstream({ upstream, allowInsecureUpstream, upstreamCa }: MockOptions): Upstream | undefined {
  if (upstream === undefined) return undefined;
  const url = toUpstream(upstream, allowInsecureUpstream);
  return { url, agent: createAgent(url, upstreamCa), drift: new Drift(addressOf(url)) };
}

/** A host that works in a URL: the wildcard addresses are only for listening. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
