import { getProxyForUrl } from "proxy-from-env";
import { isLoopback } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";

/**
 * The proxy that the environment names for an address, as a URL; `undefined` for none. What goes unencrypted to this machine goes through
 * none, which could read it.
 * @throws CliError for a proxy that cannot be spoken to
 */
export function proxyFor(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const target = new URL(address);
  const isLocal = target.protocol === "http:" && isLoopback(target);
  const proxy = isLocal ? "" : getProxyForUrl(target);
  if (!proxy) return undefined;
  // A proxy without a scheme is spoken to in plain HTTP, as curl does.
  const hasScheme = namedProxies().some((each) => each === proxy);
  const url = hasScheme ? proxy : proxy.replace(/^\w+:/, "http:");
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url);
  throw new CliError(
    "the proxy that the environment names is not an http or https address",
    "correct HTTPS_PROXY, or add the server to NO_PROXY",
    ExitCode.usage,
  );
}

/** A proxy as it may be printed: its user and password are left out. */
export function shownProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/**
 * The agent that sends requests for an address through its proxy; `undefined` where there is none.
 * @throws CliError for a proxy that cannot be used, or a Node that cannot use one
 */
export async function agentFor(address: string): Promise<object | undefined> {
  const proxy = proxyFor(address);
  if (!proxy) return undefined;
  if (!process.allowedNodeEnvironmentFlags.has("--use-env-proxy"))
    throw new CliError(
      `${shownProxy(proxy)} is to be the proxy, and Node.js ${process.version} cannot use one`,
      "use Node.js 22.21, 24.5 or later, or add the server to NO_PROXY",
      ExitCode.usage,
    );
  const isSecure = new URL(address).protocol === "https:";
  const proxyEnv = isSecure ? { HTTPS_PROXY: proxy.href } : { HTTP_PROXY: proxy.href };
  // Loaded when needed: to load it takes as long as a command that asks no server.
  const { Agent } = await (isSecure ? import("node:https") : import("node:http"));
  return new Agent({ keepAlive: true, proxyEnv });
}

function namedProxies(): (string | undefined)[] {
  return ["https_proxy", "http_proxy", "all_proxy"].flatMap((name) => [
    process.env[name],
    process.env[name.toUpperCase()],
  ]);
}
