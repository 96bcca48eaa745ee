/**
 * The program that runs on every platform: makes each call of cases.ts through both layers, and reports the outcomes. It uses only the
 * client, `fetch`, timers and the console, because it runs in browsers and workers too.
 */
import type * as Sdk from "@betatelltd/esim-sdk";
import type * as Once from "@betatelltd/esim-sdk/once";
import { type Addresses, CASES, type Case, KEPT_ALIVE } from "./cases.ts";

/** How a call is made: as a method of an API class, or of `createEsimClient()`. */
export type Layer = "class" | "client";

/** The program's settings. */
export interface Settings {
  /** The name of this run, which is part of each path that it requests. */
  readonly run: string;
  /** What the calls go through: the client's choice, the caller's own `fetch`, or a replaced global one. */
  readonly over: "default" | "fetch option" | "patched fetch";
  readonly keys: { readonly apiKey: string; readonly userId: string };
  readonly addresses: Addresses;
  /** How many cases run at a time; browsers allow six connections to a server. */
  readonly atOnce: number;
  /** Runs only these cases; by default all. */
  readonly only?: readonly string[];
}

/** The outcome of a call. */
export interface Outcome {
  readonly name: string;
  readonly layer: Layer;
  readonly milliseconds: number;
  /** How many attempts the client reports; 0 if it does not report any. */
  readonly attempts: number;
  readonly status?: number | undefined;
  readonly rows?: number | undefined;
  readonly error?: FailedWith | undefined;
}

export interface FailedWith {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly outcomeUnknown?: boolean | undefined;
  readonly isEsimError: boolean;
  /** The error as `JSON.stringify` shows it. */
  readonly json: string;
}

const REQUEST = { sim: "8910300000045681955", package_template: 21145354 };
const HUNG = { name: "Hung", message: "the call did not end" };
const LONGEST = 10_000;

/** Makes all calls, prints the errors as a program would, and sends the outcomes to the server. */
export async function promises(sdk: typeof Sdk, once: typeof Once, settings: Settings): Promise<void> {
  const report = globalThis.fetch;
  if (settings.over === "patched fetch") patchFetch();

  const outcomes: Outcome[] = [];
  const make = async (each: Case) => {
    // One layer after the other, so that neither disturbs the other's connection.
    for (const layer of ["class", "client"] as const) {
      if (layer === "client" && each.call === "once") continue;
      outcomes.push(await outcomeOf(sdk, once, settings, each, layer));
    }
  };
  const wanted = (each: Case) => settings.only?.includes(each.name) ?? true;

  const [read, write] = KEPT_ALIVE;
  if (wanted(write)) {
    for (const layer of ["class", "client"] as const) {
      outcomes.push(await outcomeOf(sdk, once, settings, read, layer));
      // After a moment the connection is free for the next request.
      await new Promise((resolve) => setTimeout(resolve, 50));
      outcomes.push(await outcomeOf(sdk, once, settings, write, layer));
    }
  }
  const waiting = CASES.filter(wanted);
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await make(next);
  };
  await Promise.all(Array.from({ length: settings.atOnce }, work));

  // By then the server has noticed which connections were closed, even on a busy machine.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const body = JSON.stringify(outcomes);
  await report(new Request(`${settings.addresses.server}/report/${settings.run}`, { method: "POST", body }));
}

/** Replaces the global `fetch` like tracing does: it passes on only its first argument. */
export function patchFetch(): void {
  const original = globalThis.fetch;
  globalThis.fetch = ((input: Request) => original(input)) as typeof fetch;
}

async function outcomeOf(
  sdk: typeof Sdk,
  once: typeof Once,
  settings: Settings,
  { name, call, at = "server", server, options, abort }: Case,
  layer: Layer,
): Promise<Outcome> {
  const address = `${settings.addresses[at]}/${settings.run}/${name}/${layer}/${server}`;
  const abortion = new AbortController();
  let attempts = 0;
  const given = {
    ...options,
    ...(abort && { signal: abortion.signal }),
    onAttempt: () => {
      attempts++;
    },
  };
  const start = Date.now();
  const result: { status?: number; rows?: number; error?: FailedWith } = {};
  try {
    if (abort === "before") abortion.abort();
    if (abort === "during") setTimeout(() => abortion.abort(), 1000);
    const making =
      layer === "class"
        ? callClass(sdk, once, settings, address, call, given)
        : callClient(sdk, settings, address, call, given);
    Object.assign(result, await orHung(making));
  } catch (error) {
    // Printed as a program would, so that the harness can search the output for keys.
    console.log(`${name} ${layer}`, error);
    console.log((error as Error).stack);
    result.error = describe(sdk, error);
  }
  return { name, layer, attempts, milliseconds: Date.now() - start, ...result };
}

interface Given {
  readonly signal?: AbortSignal;
  readonly onAttempt: () => void;
}

async function callClass(
  sdk: typeof Sdk,
  once: typeof Once,
  { keys, over }: Settings,
  basePath: string,
  call: Case["call"],
  options: Given,
) {
  const api = new sdk.PackagesApi(new sdk.Configuration({ ...keys, basePath, ...connection(over) }));
  if (call === "once") return { status: (await once.createPackageOnce(api, REQUEST, options)).status };
  if (call === "create") return { status: (await api.createPackage(REQUEST, options)).status };
  if (call === "activate") return { status: (await api.activatePackage("pkg_1", options)).status };
  const { status, data } = await api.getPackages(20, 0, undefined, undefined, undefined, undefined, options);
  return { status, rows: data.packages.length };
}

async function callClient(
  sdk: typeof Sdk,
  { keys, over }: Settings,
  baseUrl: string,
  call: Case["call"],
  options: Given,
) {
  const client = sdk.createEsimClient({ ...keys, baseUrl, ...connection(over) });
  if (call === "list") {
    const { response, data, error } = await client.GET("/packages", {
      params: { query: { count: 20 } },
      ...options,
    });
    if (error !== undefined) console.log(error);
    return { status: response.status, ...(data && { rows: data.packages.length }) };
  }
  const { response, error } =
    call === "create"
      ? await client.POST("/packages", { body: REQUEST, ...options })
      : await client.POST("/packages/{id}/activate", { params: { path: { id: "pkg_1" } }, ...options });
  if (error !== undefined) console.log(error, response.statusText, [...response.headers]);
  return { status: response.status };
}

function connection(over: Settings["over"]) {
  return over === "fetch option" ? { fetch: (request: Request) => fetch(request) } : {};
}

async function orHung<T>(making: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(), HUNG)), LONGEST);
  });
  try {
    return await Promise.race([making, hung]);
  } finally {
    clearTimeout(timer);
  }
}

function describe(sdk: typeof Sdk, thrown: unknown): FailedWith {
  const { name, message, code, status, outcomeUnknown } = Object(thrown) as Partial<Sdk.EsimApiError> & {
    code?: string;
  };
  return {
    name: `${name}`,
    message: `${message}`,
    // A DOMException has a number here.
    code: typeof code === "string" ? code : undefined,
    status,
    outcomeUnknown,
    isEsimError: thrown instanceof sdk.EsimError,
    json: JSON.stringify(thrown),
  };
}
