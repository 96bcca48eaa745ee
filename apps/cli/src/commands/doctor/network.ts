import { readFileSync } from "node:fs";
import { ExitCode } from "../../exit-codes.ts";
import { agentFor, proxyFor, shownProxy } from "../../proxy.ts";
import { type Check, failedCheck } from "./check.ts";

/** Checks the proxy and the certificate authorities. */
export async function networkChecks(address: string): Promise<Check[]> {
  return [await proxyCheck(address), certificatesCheck()];
}

async function proxyCheck(address: string): Promise<Check> {
  const name = "proxy";
  try {
    await agentFor(address);
    const proxy = proxyFor(address);
    if (proxy) return { name, ok: true, found: `${shownProxy(proxy)} from the environment` };
  } catch (error) {
    return failedCheck(name, error, "correct HTTPS_PROXY", ExitCode.usage);
  }
  const { HTTPS_PROXY, https_proxy } = process.env;
  const isSet = Boolean(HTTPS_PROXY || https_proxy);
  return { name, ok: true, found: isSet ? "none for this server, though HTTPS_PROXY is set" : "none" };
}

/** Checks which certificate authorities are trusted. Node.js itself only warns about a file that it cannot read. */
function certificatesCheck(): Check {
  const name = "certificates";
  const { NODE_EXTRA_CA_CERTS: file, NODE_TLS_REJECT_UNAUTHORIZED, NODE_OPTIONS = "" } = process.env;
  if (NODE_TLS_REJECT_UNAUTHORIZED === "0")
    return {
      name,
      ok: false,
      found: "NODE_TLS_REJECT_UNAUTHORIZED=0 disables certificate checks: any server could read the keys",
      fix: "unset it; for a private certificate authority, set NODE_EXTRA_CA_CERTS",
      exitCode: ExitCode.usage,
    };
  const isSystem = /--use-(system|openssl)-ca/.test(`${NODE_OPTIONS} ${process.execArgv.join(" ")}`);
  const trusted = isSystem ? "those trusted by Node.js and the system" : "those trusted by Node.js";
  if (!file) return { name, ok: true, found: trusted };
  const problem = certificateProblem(file);
  if (!problem) return { name, ok: true, found: `${trusted}, and those in ${file} (NODE_EXTRA_CA_CERTS)` };
  const fix = "set NODE_EXTRA_CA_CERTS to a file with PEM certificates";
  return {
    name,
    ok: false,
    found: `${file} (NODE_EXTRA_CA_CERTS) ${problem}`,
    fix,
    exitCode: ExitCode.usage,
  };
}

function certificateProblem(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").includes("-----BEGIN") ? undefined : "contains no PEM certificate";
  } catch (error) {
    return `cannot be read [${(error as NodeJS.ErrnoException).code}]`;
  }
}
