import { type LogLevel, logLevels } from "./http/logger.ts";
import { MockStartError } from "./mock-start-error.ts";

/** How to start a mock. All is optional. */
export interface MockOptions {
  /** TCP port, 0 to 65535. 0 takes a free one, which `Mock.port` says. @default 4010 */
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
   * Keep what was created: it can be fetched, listed, activated and terminated, by the rules of the contract. Each user ID has
   * an account of its own. @default false
   */
  stateful?: boolean | undefined;
  /** With `stateful`, the file that keeps the state (SQLite). @default none; the state is gone when the mock closes */
  state?: string | undefined;
  /** With `stateful`, a JSON file of templates, SIMs, packages and the rest that each account begins with. @default a built-in one */
  seed?: string | undefined;
  /** Serve the control routes below `/_mock`: clock, network events, faults, reset. @default true */
  control?: boolean | undefined;
  /**
   * Address of the real service. Requests are passed on to it, keys included, answers come back unchanged, and both are checked
   * against the document. @default none; the mock answers by itself
   */
  upstream?: string | undefined;
  /** With `upstream`, a file of certificates (PEM) of an authority to trust besides those that Node trusts. @default none */
  upstreamCa?: string | undefined;
  /** With `upstream`, allow plain http to another machine, where others on the way can read the keys. @default false */
  allowInsecureUpstream?: boolean | undefined;
  /**
   * Whether requests that are valid beyond doubt pass without Prism. Answers are the same without it, and take longer: a question
   * to ask when an answer looks wrong. @default true
   */
  fastPath?: boolean | undefined;
  /** Names by which clients and browsers reach the mock, besides those of `host` and of this machine. @default none */
  allowHosts?: readonly string[] | undefined;
  /** Origins, such as `https://app.example.com`, whose pages may use all of the mock, `/_mock` included. @default none */
  allowOrigins?: readonly string[] | undefined;
  /**
   * Which pages may use the API, without `upstream`: those of this machine (`http://localhost:5173` and the like), or, with `*`, all.
   * @default "loopback"
   */
  cors?: "loopback" | "*" | undefined;
  /** Path of another OpenAPI document, YAML or JSON. @default the document of `@betatelltd/esim-openapi` */
  spec?: string | undefined;
  /**
   * Read the document again when one of its files changes. While that cannot be served, the mock goes on with what it has.
   * @default false
   */
  watch?: boolean | undefined;
}

/** @throws MockStartError with code `OPTION` for a value that an option cannot have, or that does not go with another */
export function checkOptions(options: MockOptions): void {
  checkListening(options);
  checkAccess(options);
  checkTogether(options);
}

function checkListening({ port = 4010, logLevel = "silent" }: MockOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new MockStartError("OPTION", `Port ${port} is not a whole number from 0 to 65535.`);
  }
  if (!logLevels.includes(logLevel)) {
    throw new MockStartError("OPTION", `Log level ${logLevel} is none of ${logLevels.join(", ")}.`);
  }
}

function checkAccess({ allowHosts = [], allowOrigins = [], cors = "loopback" }: MockOptions): void {
  for (const name of allowHosts) {
    if (URL.parse(`http://${name}`)?.host !== name.toLowerCase())
      throw new MockStartError("OPTION", `Allowed host ${name} is not a name such as mock.example.com.`);
  }
  for (const origin of allowOrigins) {
    if (URL.parse(origin)?.origin !== origin.toLowerCase())
      throw new MockStartError(
        "OPTION",
        `Allowed origin ${origin} is not one such as https://app.example.com.`,
      );
  }
  if (cors !== "loopback" && cors !== "*")
    throw new MockStartError("OPTION", `cors ${cors} is neither loopback nor *.`);
}

/** What cannot be asked for at once. */
function checkTogether(options: MockOptions): void {
  const { stateful, dynamic, state, seed, upstream, upstreamCa, allowInsecureUpstream } = options;
  if (!stateful && (state ?? seed) !== undefined) {
    throw new MockStartError("OPTION", "A state or a seed needs a stateful mock: add --stateful.");
  }
  if (upstream === undefined && (upstreamCa !== undefined || allowInsecureUpstream)) {
    throw new MockStartError(
      "OPTION",
      "--upstream-ca and --allow-insecure-upstream are about a service: add --upstream.",
    );
  }
  if (upstream !== undefined && (stateful || dynamic)) {
    throw new MockStartError(
      "OPTION",
      "With an upstream it is the service that answers: leave --stateful and --dynamic out.",
    );
  }
}
