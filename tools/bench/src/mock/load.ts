import { headers } from "../clients/reader.ts";
import { load as loadPackage } from "../toolchain.ts";
import { bytesOf, type MockRequest, readRows } from "./requests.ts";

/** What is used of autocannon. */
interface Autocannon {
  default(options: object): Promise<{
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
    readonly requests: { readonly total: number; readonly average: number };
    readonly throughput: { readonly total: number };
  }>;
}

export const CONNECTIONS = 50;

/** For so many seconds, or for so many requests. */
export type Amount = { readonly duration: number } | { readonly amount: number };

/** Loads a mock, and returns its requests a second. @throws unless all are answered 200, with all the bytes of whole packages */
export async function load(url: string, request: MockRequest, amount: Amount): Promise<number> {
  const { default: autocannon } = await loadPackage<Autocannon>("autocannon");
  await readRows(url, request);
  const least = await bytesOf(url, request);
  const options = { url: url + request.path, headers, connections: CONNECTIONS, ...amount };
  const { errors, timeouts, non2xx, requests, throughput } = await autocannon(options);
  const failed = errors + timeouts + non2xx;
  if (failed > 0) throw new Error(`${failed} of ${requests.total} requests to ${options.url} failed`);
  const bytes = throughput.total / requests.total;
  if (!(bytes >= least))
    throw new Error(`${options.url} was answered with ${bytes} bytes rather than ${least}`);
  await readRows(url, request);
  return requests.average;
}
