import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { getCACertificates } from "node:tls";
import { MockStartError } from "../mock-start-error.ts";
import { isLoopback } from "./upstream-url.ts";

/**
 * How connections to a service are made: through the proxy that the environment names for it, and trusting one more authority.
 * Each request takes one of its own, because one that was kept could be closed under a write.
 *
 * @param caFile a file of certificates (PEM)
 * @throws MockStartError `OPTION` for a file or a proxy that cannot be used
 */
export function createAgent(url: URL, caFile: string | undefined): HttpAgent {
  // What is unencrypted stays on this machine, whatever the environment says: a proxy could read the keys.
  const isLocal = url.protocol === "http:" && isLoopback(url);
  const proxyEnv = isLocal ? undefined : process.env;
  const ca = caFile === undefined ? undefined : [...getCACertificates("default"), readAuthority(url, caFile)];
  try {
    return url.protocol === "https:"
      ? new HttpsAgent({ keepAlive: false, proxyEnv, ...(ca && { ca }) })
      : new HttpAgent({ keepAlive: false, proxyEnv });
  } catch (error) {
    // Without the error's own text, which can have the proxy's password in it.
    const message = "HTTPS_PROXY or HTTP_PROXY is not the address of a proxy, such as http://proxy:3128.";
    throw new MockStartError("OPTION", message, { cause: error });
  }
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
