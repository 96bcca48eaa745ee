import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MockStartError } from "../mock-start-error.ts";

/** Binds a server and returns its port. @throws MockStartError with code `PORT` that says how to fix it */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) =>
      reject(new MockStartError("PORT", explain(cause, host, port), { cause }));
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.off("error", fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const noHost = `Host ${host} is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`;
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use. Choose another with --port, or --port 0 for any free one.`,
    EACCES: `This user may not listen on port ${port}. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: noHost,
    ENOTFOUND: noHost,
  };
  return reasons[code ?? ""] ?? `Cannot listen on ${host} port ${port}: ${message}.`;
}
