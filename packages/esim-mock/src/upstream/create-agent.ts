import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Agent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { getCACertificates } from "node:tls";
import { nodeHttp } from "../http/node-http.ts";
import { MockStartError } from "../mock-start-error.ts";
import { isLoopback } from "./upstream-url.ts";

/**
 * How connections to a service are made: through the proxy that the environment names for it, and trusting one more authority.
 * Each request takes one of its own, because one that was kept could be closed under a write.
 *
 * @param caFile a file of certificates (PEM)
 * @throws MockStartError `OPTION` for a file or a proxy that cannot be used
 */
export function createAgent(url: URL, caFile: string | undefined): Agent {
  const ca = caFile === undefined ? undefined : [...getCACertificates("default"), readAuthority(url, caFile)];
  const proxyEnv = findProxy(url);
  return url.protocol === "https:"
    ? new HttpsAgent({ keepAlive: false, proxyEnv, ...(ca && { ca }) })
    : new nodeHttp.Agent({ keepAlive: false, proxyEnv });
}

/** The variables of the environment that are about this address, as Node takes them: it would pass over a proxy without `http://`. */
function findProxy(url: URL): NodeJS.ProcessEnv | undefined {
  // What is unencrypted stays on this machine, whatever the environment says: a proxy could read the keys.
  if (url.protocol === "http:" && isLoopback(url)) return undefined;
  const lowerCase = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const name = [lowerCase, lowerCase.toUpperCase()].find((each) => process.env[each]);
  const text = name && process.env[name];
  if (!name || !text) return undefined;
  const address = text.includes("://") ? text : `http://${text}`;
  // Without the text, which can have a password in it.
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? "")) {
    throw new MockStartError("OPTION", `${name} is not the address of a proxy, such as http://proxy:3128.`);
  }
  return { [name]: address, no_proxy: process.env.no_proxy || process.env.NO_PROXY };
}

function readAuthority(url: URL, file: string): string {
  const refuse = (why: string, cause?: unknown) =>
    new MockStartError("OPTION", `The authority ${file} ${why}.`, { cause });
  if (url.protocol !== "https:")
    throw refuse(`has no use for ${url.origin}, which is not https: leave it out`);
  try {
    const pem = readFileSync(file, "utf8");
    // Node would take a file without one for no authority at all.
    if (!new X509Certificate(pem).subject) throw new Error("no subject");
    return pem;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw refuse(/^E[A-Z]+$/.test(code) ? `cannot be read: ${code}` : "is not a certificate in PEM", error);
  }
}
