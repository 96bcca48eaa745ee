// Replaces runtime.ts in the build for browsers and similar platforms, whose fetch does not say why a connection failed.
import type { Exchange, WireRequest } from "./exchange.ts";
import type { Explanation } from "./node/explain.ts";

export const explain = (_cause: { message: string }): Explanation | undefined => undefined;

export const nodeHttp = (_agent: object | undefined): Exchange | undefined => undefined;

export const initFor = ({ method, headers, body }: WireRequest): RequestInit => ({
  method,
  headers: { ...headers },
  ...(body !== undefined && { body }),
});

export const watchConnections = (): void => {};

export const isUnsentError = (_error: unknown): boolean => false;
