import { EsimApiError, EsimError } from "@betatelltd/esim-sdk";
import { CliError } from "../../cli-error.ts";
import { plain } from "../../format/text.ts";
import type { Row } from "../../listing/row.ts";

/** What was seen, or why it was not: a service may be older than what is looked at, or show these keys a part of it. */
export type Seen = { readonly row: Row } | { readonly why: string };

/** Looks at something that a check can do without. @throws the signal's reason, and what no service causes */
export async function see(look: Promise<Row>): Promise<Seen> {
  try {
    return { row: await look };
  } catch (error) {
    if (error instanceof CliError) return { why: plain(error.message) };
    if (EsimApiError.isInstance(error)) return { why: reason(error.status) };
    if (EsimError.isInstance(error)) return { why: "no answer" };
    throw error;
  }
}

/** Why something is not seen that the service does not have, or has never heard of. */
export const NOT_KNOWN = "not known there, 404";

function reason(status: number): string {
  if (status === 404) return NOT_KNOWN;
  if (status === 405 || status === 501) return `not offered there, ${status}`;
  if (status === 401 || status === 403) return `not for these keys, ${status}`;
  return `answered with ${status}`;
}
