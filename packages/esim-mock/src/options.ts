import { LOG_LEVELS, type LogLevel } from "./http/logger.ts";
import { MockStartError } from "./mock-start-error.ts";

/** How to start a mock. Every option is optional. */
export interface MockOptions {
  /** TCP port, 0 to 65535. 0 takes a free one, found in `Mock.port`. @default 4010 */
  port?: number | undefined;
  /** Address to listen on; 0.0.0.0 lets other machines in. @default "127.0.0.1" */
  host?: string | undefined;
  /**
   * Generate answers from the schemas instead of taking the document's examples. A request can choose with
   * `Prefer: dynamic=true` or `dynamic=false`. @default false
   */
  dynamic?: boolean | undefined;
  /** How much to write to stderr: every request from `info` up, problems with requests from `warn` up. @default "silent" */
  logLevel?: LogLevel | undefined;
  /**
   * Keep what was created, so that it can be fetched, listed, activated and terminated by the rules of the contract. Each user
   * ID has its own account. @default false
   */
  stateful?: boolean | undefined;
  /** With `stateful`, the file that keeps the state (SQLite). @default none; the state is lost when the mock closes */
  state?: string | undefined;
  /** With `stateful`, a JSON file with the templates, SIMs, packages and so on that each account starts with. @default a built-in seed */
  seed?: string | undefined;
  /** Serve the control routes below `/_mock`: clock, network events, faults, reset. @default true */
  control?: boolean | undefined;
  /**
   * Address of the real service. Requests are forwarded to it, keys included, and its answers are returned unchanged; both are
   * checked against the document. @default none; the mock answers by itself
   */
  upstream?: string | undefined;
  /** With `upstream`, a file (PEM) with the certificates of an authority to trust in addition to Node's own. @default none */
  upstreamCa?: string | undefined;
  /** With `upstream`, allow plain http to another machine, where anyone on the network path can read the keys. @default false */
  allowInsecureUpstream?: boolean | undefined;
  /**
   * Whether clearly valid requests skip Prism. Turning it off changes no answer and makes the mock slower; do so to find out
   * whether the fast path is to blame for an answer that looks wrong. @default true
   */
  fastPath?: boolean | undefined;
  /** Host names that the mock answers to, besides `host` and this machine's own names. @default none */
  allowHosts?: readonly string[] | undefined;
  /** Origins, such as `https://app.example.com`, whose pages may use the whole mock, `/_mock` included. @default none */
  allowOrigins?: readonly string[] | undefined;
  /**
   * Whose pages may use the API, without `upstream`: this machine's (`http://localhost:5173` and the like) or, with `*`, everyone's.
   * @default "loopback"
   */
  cors?: "loopback" | "*" | undefined;
  /** Path of another OpenAPI document, YAML or JSON. @default the document of `@betatelltd/esim-openapi` */
  spec?: string | undefined;
  /**
   * Reload the document when one of its files changes. While the new one cannot be served, the mock keeps serving the old one.
   * @default false
   */
  watch?: boolean | undefined;
}

/** Every option. A record, so that the compiler says which one is missing. */
const OPTIONS: Readonly<Record<keyof MockOptions, true>> = {
  port: true,
  host: true,
  dynamic: true,
  logLevel: true,
  stateful: true,
  state: true,
  seed: true,
  control: true,
  upstream: true,
  upstreamCa: true,
  allowInsecureUpstream: true,
  fastPath: true,
  allowHosts: true,
  allowOrigins: true,
  cors: true,
  spec: true,
  watch: true,
};

/** @throws MockStartError with code `OPTION` for an unknown name or an invalid value, or one that conflicts with another option */
export function checkOptions(options: MockOptions): void {
  checkNames(options);
  checkListening(options);
  checkAccess(options);
  checkTogether(options);
}

/** A misspelt `port: 0` would silently listen on 4010. */
function checkNames(options: MockOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown !== undefined) {
    const names = Object.keys(OPTIONS).join(", ");
    throw new MockStartError("OPTION", `There is no option ${unknown}; use one of ${names}.`);
  }
}

function checkListening({ port = 4010, logLevel = "silent" }: MockOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new MockStartError("OPTION", `Port ${port} is not a whole number from 0 to 65535.`);
  }
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new MockStartError("OPTION", `Log level ${logLevel} is not one of ${LOG_LEVELS.join(", ")}.`);
  }
}

function checkAccess({ allowHosts = [], allowOrigins = [], cors = "loopback" }: MockOptions): void {
  for (const name of allowHosts) {
    if (URL.parse(`http://${name}`)?.host !== name.toLowerCase())
      throw new MockStartError("OPTION", `Allowed host ${name} is not a host name such as mock.example.com.`);
  }
  for (const origin of allowOrigins) {
    if (URL.parse(origin)?.origin !== origin.toLowerCase())
      throw new MockStartError(
        "OPTION",
        `Allowed origin ${origin} is not an origin such as https://app.example.com.`,
      );
  }
  if (cors !== "loopback" && cors !== "*")
    throw new MockStartError("OPTION", `cors ${cors} is neither loopback nor *.`);
}

/** Checks that the options go together. */
function checkTogether(options: MockOptions): void {
  const { stateful, dynamic, state, seed, upstream, upstreamCa, allowInsecureUpstream } = options;
  if (!stateful && (state ?? seed) !== undefined) {
    throw new MockStartError("OPTION", "--state and --seed need a stateful mock: add --stateful.");
  }
  if (upstream === undefined && (upstreamCa !== undefined || allowInsecureUpstream)) {
    throw new MockStartError(
      "OPTION",
      "--upstream-ca and --allow-insecure-upstream need a service: add --upstream.",
    );
  }
  if (upstream !== undefined && (stateful || dynamic)) {
    throw new MockStartError(
      "OPTION",
      "With an upstream the service answers: remove --stateful and --dynamic.",
    );
  }
}
