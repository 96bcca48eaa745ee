import { once } from "node:events";
import { createServer, request as forward } from "node:http";

/** A proxy to a mock that says, for a program that cannot say it itself, which answer it would have. */
export interface PreferringProxy {
  readonly url: string;
  /** The value of the `prefer` header from now on. */
  prefer: string;
  close(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1. Whoever starts it closes it. */
export async function startPreferringProxy(target: string): Promise<PreferringProxy> {
  const proxy: { prefer: string } = { prefer: "" };
  const server = createServer((incoming, outgoing) => {
    const { method, url = "/", headers } = incoming;
    const upstream = forward(
      target + url,
      { method, headers: { ...headers, prefer: proxy.prefer } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    upstream.on("error", () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("No port");
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  });
}
