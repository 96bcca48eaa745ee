import {
  contractCases,
  type Misbehaviour,
  type SeenRequest,
  startHostileServer,
} from "@betatelltd/esim-testing";
import { isMarked, type Leak, marks } from "./marks.ts";
import { misbehaviours } from "./misbehaviours.ts";

/** The server that the keys are for, with all its ways to misbehave, and one that they are not for. */
export interface Origin {
  readonly url: string;
  readonly elsewhere: string;
  readonly ways: readonly string[];
  /** Misbehaves in one way from now on, and reports it on request. */
  misbehave(way: string, asked?: () => void): void;
  /** Whether the server that the keys are for was asked since the last look at leaks. */
  isAsked(): boolean;
  /** What was asked since the last time, and should not have been. */
  leaks(path: string): Leak[];
  close(): Promise<void>;
}

/** Starts both on free ports of 127.0.0.1. The caller closes them. */
export async function startOrigin(): Promise<Origin> {
  const elsewhere = await startHostileServer((response) => response.writeHead(200).end("{}"));
  const ways = misbehaviours(elsewhere.url);
  let current: Misbehaviour | undefined;
  const server = await startHostileServer((...exchange) => current?.(...exchange));
  return {
    url: server.url,
    elsewhere: elsewhere.url,
    ways: Object.keys(ways),
    misbehave(way, asked) {
      current = (...exchange) => {
        asked?.();
        ways[way]?.(...exchange);
      };
    },
    isAsked: () => server.requests.length > 0,
    leaks(path) {
      const strayed = elsewhere.requests
        .splice(0)
        .map(() => ({ path, where: "a request to another server" }));
      const misplaced = server.requests.splice(0).filter(isMisplaced);
      return [...strayed, ...misplaced.map(() => ({ path, where: "a request, outside the two headers" }))];
    },
    async close() {
      await Promise.all([server.close(), elsewhere.close()]);
    },
  };
}

const keyless = new Set(
  contractCases()
    .filter(({ needsKeys }) => !needsKeys)
    .map(({ path }) => path),
);

/** Whether a key is anywhere but in its own header, or where none belongs. */
function isMisplaced({ url, headers, body }: SeenRequest): boolean {
  const { "x-api-key": apiKey, "x-user-id": userId, ...others } = headers;
  const wanted = keyless.has(url) ? undefined : marks;
  return (
    apiKey !== wanted?.apiKey || userId !== wanted?.userId || isMarked(url + body + JSON.stringify(others))
  );
}
