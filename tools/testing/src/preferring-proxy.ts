import { createServer, request as forward } from "node:http";
import { type Listening, listen } from "./listen.ts";

/** A proxy to a mock that sets the preferred response, for a program that cannot set it itself. */
export interface PreferringProxy extends Listening {
  /** Sets the value of the `prefer` header. */
  prefer: string;
}

/** Starts one on a free port of 127.0.0.1. The caller closes it. */
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
  return Object.assign(proxy, await listen(server));
}
