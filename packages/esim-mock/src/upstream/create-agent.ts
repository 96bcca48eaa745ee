import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Agent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { getCACertificates } from "node:tls";
import { nodeHttp } from "../http/node-http.ts";
import { MockStartError } from "../mock-start-error.ts";
import { isLoopback } from "./upstream-url.ts";

/**
 * Makes connections to a service, through the proxy from the environment and trusting one more authority. Each request gets a new
 * connection, because a reused one could be closed during a write.
 *
 * @param caFile a file of certificates (PEM)
 * @throws MockStartError with code `OPTION` for a file or a proxy that cannot be used
 */
export function createAgent(url: URL, caFile: string | undefined): Agent {
  const ca = caFile === undefined ? undefined : [...getCACertificates("default"), readAuthority(url, caFile)];
  const proxyEnv = findProxy(url);
  return url.protocol === "https:"
    ? new HttpsAgent({ keepAlive: false, proxyEnv, ...(ca && { ca }) })
    : new nodeHttp.Agent({ keepAlive: false, proxyEnv });
}

/** The environment's proxy settings for this address, normalised because Node ignores a proxy without `http://`. */
function findProxy(url: URL): NodeJS.ProcessEnv | undefined {
  // Unencrypted requests stay on this machine, whatever the environment says: a proxy could read the keys.
  if (url.protocol === "http:" && isLoopback(url)) return undefined;
  const lowerCase = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const name = [lowerCase, lowerCase.toUpperCase()].find((each) => process.env[each]);
  const text = name && process.env[name];
  if (!name || !text) return undefined;
  const address = text.includes("://") ? text : `http://${text}`;
  // The message leaves out the address, which can contain a password.
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? "")) {
    throw new MockStartError("OPTION", `${name} is not the address of a proxy, such as http://proxy:3128.`);
  }
  return { [name]: address, no_proxy: process.env.no_proxy || process.env.NO_PROXY };
}

function readAuthority(url: URL, file: string): string {
  const refuse = (why: string, cause?: unknown) =>
    new MockStartError("OPTION", `The certificate authority ${file} ${why}.`, { cause });
  if (url.protocol !== "https:")
    throw refuse(`does not apply to ${url.origin}, which is not https: remove --upstream-ca`);
  try {
    const pem = readFileSync(file, "utf8");
    // Node would silently ignore a file without a certificate.
    if (!new X509Certificate(pem).subject) throw new Error("no subject");
    return pem;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw refuse(/^E[A-Z]+$/.test(code) ? `cannot be read: ${code}` : "is not a certificate in PEM", error);
  }
}
