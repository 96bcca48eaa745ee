import { globSync, readFileSync } from "node:fs";

/** What the server does with every request of a case. */
export type Fault =
  | { readonly drop: "at once" | "unanswered" }
  | { readonly stall: "headers" | "body" }
  | { readonly drip: "headers" | "body" }
  | { readonly cut: number }
  | {
      readonly status: number;
      readonly reason?: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    };

/** One case of spec/conformance/faults, whose README says what the fields mean. */
export interface FaultCase {
  readonly name: string;
  readonly summary: string;
  readonly operation: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly at?: "refused" | "untrusted" | "plain";
  readonly timeLimit?: number;
  readonly server?: Fault;
  readonly expect: {
    readonly requests: number;
    readonly atMost?: number;
    readonly error: {
      readonly status: number | null;
      readonly outcomeUnknown: boolean;
      readonly operation?: null;
      readonly message?: string;
      readonly requestId?: string;
    };
  };
}

const folder = new URL("../../../spec/conformance/faults/", import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** All cases, from all files. */
export function faultCases(): FaultCase[] {
  const files = globSync("*.json", { cwd: folder }).sort();
  return files.flatMap((file) => read(file).cases ?? []);
}

/** What the clients are configured with. */
export const FAULT_KEYS: Readonly<Record<"x-user-id" | "x-api-key", string>> = read("keys.json").keys;

/** The cases that a client is known not to pass. */
export function faultExceptions(client: string): { readonly case: string; readonly reason: string }[] {
  return read("exceptions.json").exceptions.filter((each: { client: string }) => each.client === client);
}

/** The spellings of a key. None of them may occur in anything that a program prints of an error. */
export function spellingsOf(key: string): string[] {
  return [key, ...Object.values(ENCODINGS).map((encode) => encode(key))];
}

const NAMES: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };

/** Named as in the text of a response. */
export const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  json: (text) => JSON.stringify(text).slice(1, -1),
  html: (text) => text.replace(/[&<>"]/g, (character) => `&${NAMES[character]};`),
  percent: encodeURIComponent,
  base64: btoa,
};
