import { setTimeout as sleep } from "node:timers/promises";
import type { GetPackagesResponse, Package } from "@betatelltd/esim-sdk";
import { keys, type Reader } from "./reader.ts";

interface Options {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly userId: string;
  readonly maxRetries?: number;
  readonly timeout?: number;
}

/** What the author of an SDK would write by hand, much as openai-node does: a class over `fetch`, with a time limit, retries and errors. */
class HandWrittenClient {
  readonly #options: Required<Options>;

  constructor(options: Options) {
    this.#options = { maxRetries: 2, timeout: 30_000, ...options };
  }

  getPackage(id: string): Promise<Package> {
    return this.#get(`/packages/${encodeURIComponent(id)}`);
  }

  getPackages(query: { count?: number; offset?: number }): Promise<GetPackagesResponse> {
    return this.#get("/packages", query);
  }

  async #get<Data>(path: string, query: Record<string, number | undefined> = {}): Promise<Data> {
    const { baseUrl, apiKey, userId, maxRetries, timeout } = this.#options;
    const url = new URL(baseUrl + path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, `${value}`);
    const headers = new Headers({ accept: "application/json", "x-api-key": apiKey, "x-user-id": userId });
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt === maxRetries;
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), timeout);
      try {
        const response = await fetch(url, { headers, signal: controller.signal });
        if (response.ok) return (await response.json()) as Data;
        const isTransient = response.status === 408 || response.status === 429 || response.status >= 500;
        const text = await response.text();
        if (isLast || !isTransient) throw new StatusError(response.status, text);
      } catch (error) {
        if (isLast || error instanceof StatusError) throw error;
      } finally {
        clearTimeout(timer);
      }
      await sleep(500 * 2 ** attempt * (1 - Math.random() / 4));
    }
  }
}

class StatusError extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`${status} ${body}`);
    this.status = status;
  }
}

export function handWritten(url: string): Reader {
  const client = new HandWrittenClient({ ...keys, baseUrl: url });
  return {
    one: (id) => client.getPackage(id),
    list: (count, offset) => client.getPackages({ count, offset }),
  };
}
