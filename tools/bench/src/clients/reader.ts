import type { GetPackagesResponse, Package } from "@betatelltd/esim-sdk";

/** The two reads of the contract, as a client offers them. Both resolve to parsed JSON. */
export interface Reader {
  one(id: string): Promise<Package>;
  list(count: number, offset: number): Promise<GetPackagesResponse>;
}

export const keys = { apiKey: "a-key-like-any-other", userId: "a-user-like-any-other" };
export const headers = { "x-api-key": keys.apiKey, "x-user-id": keys.userId };

export function keyOf(header: string): string {
  return headers[header as keyof typeof headers];
}

export function onePath(id: string): string {
  return `/packages/${id}`;
}

export function listPath(count: number, offset: number): string {
  return `/packages?count=${count}&offset=${offset}`;
}
