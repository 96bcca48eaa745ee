import { readFileSync } from "node:fs";
import { createEsimClient, type paths } from "@betatelltd/esim-sdk";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { clientOptionsFor, usableConnection } from "../connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { plain } from "../format/text.ts";
import { type Hints, withHints } from "../hints.ts";
import { interruption } from "../interruption.ts";
import { json, write } from "../output.ts";
import { reportWritten } from "../report-written.ts";
import { isTerminal } from "../terminal.ts";
import { getCommand, packageHints } from "./packages/hints.ts";

type MethodsOf<Path extends keyof paths> = {
  [Name in keyof paths[Path]]: paths[Path][Name] extends { responses: object }
    ? Uppercase<Name & string>
    : never;
}[keyof paths[Path]];

/** What the contract has; a path or a method that is missing here does not compile. */
const PATHS: { readonly [Path in keyof paths]: { readonly [Method in MethodsOf<Path>]: true } } = {
  "/packages": { GET: true, POST: true },
  "/packages/{id}": { GET: true },
  "/packages/{id}/activate": { POST: true },
  "/packages/{id}/terminate": { POST: true },
};

const define = () =>
  command("api", {
    description: "send any request of the API's document, with the keys, and print the answer as it comes",
    examples: [
      "esim api GET '/packages?count=2'",
      "esim api GET /packages/pkg_123456",
      "esim api POST /packages --input package.json",
      'echo \'{"sim":"8910300000045681955","package_template":21145354}\' | esim api POST /packages --input -',
    ],
  })
    .argument("<method>", "such as GET", (text: string) => text.toUpperCase())
    .argument("<path>", "below the base URL, with its query")
    .option("--input <file>", "send this JSON as the body; - for stdin");

type Options = OptionsOf<typeof define>;

/** `esim api`. */
export const api = () =>
  define().action((method, path, _, self) => run(method, path, self.optsWithGlobals()));

async function run(method: string, given: string, options: Options): Promise<void> {
  const { template, values, query } = route(method, given);
  const body = options.input === undefined ? undefined : readBody(options.input);
  const client = createEsimClient(await clientOptionsFor(usableConnection(options), options));
  const isWrite = method !== "GET";
  const { id } = values;
  const lookUp = id === undefined ? "esim packages list" : getCommand(id);
  const missing = notFound(method, id);
  const hints: Hints = { lookUp, ...(missing && { byStatus: { 404: missing } }) };
  // Which types belong to a path that is typed by a person, no compiler can know.
  const send = client[method as "GET"] as unknown as (path: string, init: object) => Promise<Answer>;
  // A success that is no JSON, such as a login page, is an error of the SDK's.
  const { response } = await withHints(
    hints,
    send(template, {
      params: { path: values, ...(query && { query: { query } }) },
      querySerializer: () => query,
      ...(body !== undefined && { body, bodySerializer: () => body }),
      signal: interruption(),
    }),
  );
  const printing = write(shown(await response.text()));
  if (isWrite && response.ok) await reportWritten(`${response.status} ${method} ${given}`, lookUp, printing);
  else await printing;
  if (response.ok) return;
  const { status } = response;
  const isUnknown = isWrite && (status === 408 || status >= 500);
  const failure = Object.assign(new Error(`${status} ${method} ${plain(given)}`), {
    name: "EsimApiError",
    status,
    outcomeUnknown: isUnknown,
    requestId: response.headers.get("x-request-id") ?? undefined,
    retryAfter: retryAfter(response.headers),
  });
  await withHints(hints, Promise.reject(failure));
}

/** What was not there: a package, or what a body names. A list is there wherever the API is, so that its 404 is about the address. */
function notFound(method: string, id: string | undefined): string | undefined {
  if (id !== undefined) return packageHints(id).byStatus?.[404];
  return method === "GET" ? undefined : "check the SIM and the template, and the address with `esim doctor`";
}

/** How many seconds to wait, from either form of Retry-After; a date is compared with the answer's own. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Math.max(0, seconds) || undefined;
}

interface Answer {
  readonly response: Response;
}

interface Route {
  /** As in the document, with braces. */
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
  /** Without its question mark. */
  readonly query: string;
}

/** Which of the document's paths is meant. @throws CliError for none */
function route(method: string, given: string): Route {
  const [path = "", query = ""] = given.split(/\?(.*)/s);
  const parts = path.replace(/^\/?/, "/").split("/");
  for (const [template, methods] of Object.entries(PATHS)) {
    const names = template.split("/");
    const isIt =
      names.length === parts.length && names.every((name, at) => /^\{/.test(name) || name === parts[at]);
    if (!isIt) continue;
    if (!Object.hasOwn(methods, method))
      throw usage(
        `the API has no ${plain(method)} ${template}`,
        `it has ${Object.keys(methods).join(" and ")}`,
      );
    const values = names.flatMap((name, at) =>
      name.startsWith("{") ? [[name.slice(1, -1), decoded(parts[at] ?? "")]] : [],
    );
    return { template, values: Object.fromEntries(values), query: escapedQuery(query) };
  }
  throw usage(`the API has no path ${plain(path)}`, `it has ${Object.keys(PATHS).join(", ")}`);
}

/** A query as it is sent: what is escaped stays so, and what a URL cannot have is escaped. @throws CliError for a # */
function escapedQuery(query: string): string {
  if (query.includes("#")) throw usage("the query has a #, which begins no part of it", "write # as %23");
  return query.toWellFormed().replace(/[^!-~]+|["<>\\^`{|}]/g, encodeURIComponent);
}

/** A part of a path, which is escaped again when it is sent. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw usage("the path has a % that begins no escape", "write % as %25");
  }
}

/** @throws CliError for what cannot be read or is not JSON */
function readBody(file: string): string {
  let text: string;
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${plain(file)} cannot be read [${code}]`, "name a file with JSON, or - for stdin");
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw usage(`the body is not JSON: ${plain((error as Error).message)}`, "correct it; nothing was sent");
  }
  return text;
}

/** What a file's first bytes say of its encoding, as Windows writes it. The decoder leaves them out. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** As it came, for a program; at a terminal indented, and without what could drive it. */
function shown(text: string): string {
  if (!isTerminal()) return text;
  try {
    return `${json(JSON.parse(text))}\n`;
  } catch {
    return text === "" ? "" : `${text.split("\n").map(plain).join("\n")}\n`;
  }
}

function usage(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.usage);
}
