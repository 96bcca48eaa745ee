import { EsimApiError, EsimError } from "@betatelltd/esim-sdk";
import { CliError } from "../../cli-error.ts";
import { plain } from "../../format/text.ts";
import type { Row } from "../../listing/row.ts";

/** An object, or why it could not be read: the server may be older than the operation, or not allow it for these keys. */
export type ReadResult = { readonly row: Row } | { readonly why: string };

/** Waits for an optional read. @throws what is not the server's failure, such as the reason of an abort */
export async function tryRead(read: Promise<Row>): Promise<ReadResult> {
  try {
    return { row: await read };
  } catch (error) {
    if (error instanceof CliError) return { why: plain(error.message) };
    if (EsimApiError.isInstance(error)) return { why: reason(error.status) };
    if (EsimError.isInstance(error)) return { why: "no answer" };
    throw error;
  }
}

/** The reason for a 404: the server has no such object, or no such operation. */
export const NOT_FOUND = "not found, 404";

function reason(status: number): string {
  if (status === 404) return NOT_FOUND;
  if (status === 405 || status === 501) return `not offered by the server, ${status}`;
  if (status === 401 || status === 403) return `not allowed for these keys, ${status}`;
  return `failed with ${status}`;
}
