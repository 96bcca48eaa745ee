import { readFileSync } from "node:fs";
import { ExitCode } from "../../exit-codes.ts";
import { agentFor, proxyFor, shownProxy } from "../../proxy.ts";
import { type Check, failedCheck } from "./check.ts";

/** How requests to an address leave this machine. */
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

/** Which certificate authorities are trusted. Node itself only warns of a file that it cannot read. */
function certificatesCheck(): Check {
  const name = "certificates";
  const { NODE_EXTRA_CA_CERTS: file, NODE_TLS_REJECT_UNAUTHORIZED, NODE_OPTIONS = "" } = process.env;
  if (NODE_TLS_REJECT_UNAUTHORIZED === "0")
    return {
      name,
      ok: false,
      found: "NODE_TLS_REJECT_UNAUTHORIZED=0: any server could read the keys",
      fix: "unset it; for an authority of your own set NODE_EXTRA_CA_CERTS",
      exitCode: ExitCode.usage,
    };
  const isSystem = /--use-(system|openssl)-ca/.test(`${NODE_OPTIONS} ${process.execArgv.join(" ")}`);
  const own = isSystem ? "those that Node.js and this system trust" : "those that Node.js trusts";
  if (!file) return { name, ok: true, found: own };
  const wrong = whatIsWrong(file);
  if (!wrong) return { name, ok: true, found: `${own}, and those in ${file} from NODE_EXTRA_CA_CERTS` };
  const fix = "set NODE_EXTRA_CA_CERTS to a file of certificates in PEM";
  return {
    name,
    ok: false,
    found: `${file} from NODE_EXTRA_CA_CERTS ${wrong}`,
    fix,
    exitCode: ExitCode.usage,
  };
}

function whatIsWrong(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").includes("-----BEGIN") ? undefined : "holds no certificate in PEM";
  } catch (error) {
    return `cannot be read [${(error as NodeJS.ErrnoException).code}]`;
  }
}
