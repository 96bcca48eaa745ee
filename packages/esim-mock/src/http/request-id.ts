import { randomUUID } from "node:crypto";

// IDs as tracing systems write them, with nothing that could upset a log.
const WELL_FORMED = /^[\w.:~+/=@-]{1,128}$/;

/** The caller's own request ID if it is well-formed, otherwise a new one. */
export function requestId(incoming: string | string[] | undefined): string {
  return typeof incoming === "string" && WELL_FORMED.test(incoming) ? incoming : randomUUID();
}
