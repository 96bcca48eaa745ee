import { headers, listPath, onePath, type Reader } from "./reader.ts";

/** What is used here of undici's interface. Node documents neither it nor the symbol. */
interface Dispatcher {
  dispatch(
    options: { origin: string; path: string; method: string; headers: object },
    handler: {
      onRequestStart(): void;
      onResponseStart(): void;
      onResponseData(controller: unknown, chunk: Buffer): void;
      onResponseEnd(): void;
      onResponseError(controller: unknown, error: Error): void;
    },
  ): boolean;
}

/** What Node's `fetch` sends through, without `fetch`. */
export async function undiciDispatcher(url: string): Promise<Reader> {
  // Node loads it with the first fetch.
  await (await fetch(url)).text();
  const dispatcher = (globalThis as Record<symbol, unknown>)[
    Symbol.for("undici.globalDispatcher.1")
  ] as Dispatcher;
  const get = <Data>(path: string) =>
    new Promise<Data>((resolve, reject) => {
      const chunks: Buffer[] = [];
      dispatcher.dispatch(
        { origin: url, path, method: "GET", headers },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData: (_, chunk) => chunks.push(chunk),
          onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString())),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  return { one: (id) => get(onePath(id)), list: (count, offset) => get(listPath(count, offset)) };
}
