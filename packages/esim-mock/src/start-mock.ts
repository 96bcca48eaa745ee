import { createServer } from "node:http";
import { answerClientError } from "./answer-client-error.ts";
import { createComponents } from "./components.ts";
import { listen } from "./listen.ts";
import { loadDocument } from "./load-document.ts";
import { createLogger, type LogLevel, logLevels } from "./logger.ts";
import { MockStartError } from "./mock-start-error.ts";
import { createPipeline } from "./pipeline.ts";
import { createRequestHandler } from "./request-handler.ts";

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
  /** Path of another OpenAPI document, YAML or JSON. @default the document of `@betatelltd/esim-openapi` */
  spec?: string | undefined;
}

/** A mock that runs. */
export interface Mock {
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
 * read or used, `OPTION` for a port or log level that cannot be.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port: wantedPort = 4010, host = "127.0.0.1", dynamic = false, logLevel = "silent", spec } = options;
  check(wantedPort, logLevel);

  const { operations, basePaths } = await loadDocument(spec);
  const pipeline = createPipeline(operations, createComponents(), { dynamic });
  const handler = createRequestHandler(pipeline, basePaths, createLogger(logLevel));
  const server = createServer({ keepAliveTimeout: keepAliveMilliseconds }, handler);
  server.on("clientError", answerClientError);

  const port = await listen(server, host, wantedPort);
  let closed: Promise<void> | undefined;
  return {
    url: `http://${reachable(host)}:${port}`,
    port,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
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

/** A host to put into a URL: the wildcard addresses are for listening only. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
