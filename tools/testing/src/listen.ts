import { once } from "node:events";
import type { Server } from "node:http";
import type { Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";

/** A server on a free port of this machine. */
export interface Listening {
  /** Without a trailing slash. */
  readonly url: string;
  /** Stops it, and closes open connections. */
  close(): Promise<void>;
}

/** Makes a server listen on a free port of 127.0.0.1. The caller closes it. */
export async function listen(server: Server | SecureServer): Promise<Listening> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
