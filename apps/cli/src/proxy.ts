import { getProxyForUrl } from "proxy-from-env";
import { isLoopback } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";

/**
 * The proxy that the environment sets for an address, as a URL; `undefined` for none. Plain http to this machine never goes through a
 * proxy, which could read it.
 * @throws CliError if the proxy is not an http or https URL
 */
export function proxyFor(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const target = new URL(address);
  const isLocal = target.protocol === "http:" && isLoopback(target);
  const proxy = isLocal ? "" : getProxyForUrl(target);
  if (!proxy) return undefined;
  // A proxy without a scheme is an http one, as with curl.
  const hasScheme = namedProxies().some((each) => each === proxy);
  const url = hasScheme ? proxy : proxy.replace(/^\w+:/, "http:");
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url);
  throw new CliError(
    "the proxy in the environment is not an http or https URL",
    "correct HTTPS_PROXY, or add the server to NO_PROXY",
    ExitCode.usage,
  );
}

/** A proxy that is safe to print, without its user and password. */
export function shownProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/**
 * The agent that sends requests for an address through its proxy; `undefined` if there is none.
 * @throws CliError if the proxy is invalid, or this Node.js does not support proxies
 */
export async function agentFor(address: string): Promise<object | undefined> {
  const proxy = proxyFor(address);
  if (!proxy) return undefined;
  if (!process.allowedNodeEnvironmentFlags.has("--use-env-proxy"))
    throw new CliError(
      `the environment sets the proxy ${shownProxy(proxy)}, but Node.js ${process.version} does not support proxies`,
      "use Node.js 22.21, 24.5 or later, or add the server to NO_PROXY",
      ExitCode.usage,
    );
  const isSecure = new URL(address).protocol === "https:";
  const proxyEnv = isSecure ? { HTTPS_PROXY: proxy.href } : { HTTP_PROXY: proxy.href };
  // Loaded only when needed: loading it takes as long as running a command that sends no request.
  const { Agent } = await (isSecure ? import("node:https") : import("node:http"));
  return new Agent({ keepAlive: true, proxyEnv });
}

function namedProxies(): (string | undefined)[] {
  return ["https_proxy", "http_proxy", "all_proxy"].flatMap((name) => [
    process.env[name],
    process.env[name.toUpperCase()],
  ]);
}
