import { createEsimClient, OPERATIONS, type Operation } from "@betatelltd/esim-sdk";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { clientOptionsFor, usableConnection } from "../connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { plain } from "../format/text.ts";
import { type Hints, withHints } from "../hints.ts";
import { interruption } from "../interruption.ts";
import { json, log, write, writeBytes } from "../output.ts";
import { readJson } from "../read-json.ts";
import { reportWritten } from "../report-written.ts";
import { isTerminal } from "../terminal.ts";
import { checkFree, writePrivately } from "../write-file.ts";
import { getCommand, packageHints } from "./packages/hints.ts";

/** What the document has: the operations of each path, by their methods. */
const PATHS = new Map<string, Map<string, Operation>>();
for (const each of Object.values<Operation>(OPERATIONS))
  PATHS.set(each.path, (PATHS.get(each.path) ?? new Map()).set(each.method, each));

const define = () =>
  command("api", {
    description: "send any request of the API's document, with the keys, and print the answer as it comes",
    examples: [
      "esim api GET '/packages?count=2'",
      "esim api GET /packages/pkg_123456",
      "esim api POST /packages --input package.json",
      "esim api GET /euicc-profiles/8910300000045681955/qrcode --output code.png",
      'echo \'{"sim":"8910300000045681955","package_template":21145354}\' | esim api POST /packages --input -',
    ],
  })
    .argument("<method>", "such as GET", (text: string) => text.toUpperCase())
    .argument("<path>", "below the base URL, with its query")
    .option("--input <file>", "send this JSON as the body; - for stdin")
    .option("--output <file>", "write what a success brings to this file, for this user alone")
    .option("--force", "with --output: replace a file that is there");

type Options = OptionsOf<typeof define>;

/** `esim api`. */
export const api = () =>
  define().action((method, path, _, self) => run(method, path, self.optsWithGlobals()));

async function run(method: string, given: string, options: Options): Promise<void> {
  const { operation, values, query } = route(method, given);
  const { output, force } = options;
  const hasBytes = operation.returns === "bytes";
  if (hasBytes && output === undefined && isTerminal())
    throw usage(
      `${operation.id} answers with an image, which a terminal cannot show`,
      `name a file with --output FILE${values.iccid ? `, or draw the code with \`esim qr ${plain(values.iccid)}\`` : ""}`,
    );
  if (output !== undefined) checkFree(output, force);
  else if (force) throw usage("--force is for --output", "name the file with --output FILE");
  const body = options.input === undefined ? undefined : readJson(options.input);
  const client = createEsimClient(await clientOptionsFor(usableConnection(options), options));
  const { isWrite } = operation;
  const lookUp = lookUpOf(operation, values);
  const missing = notFound(operation, values);
  const hints: Hints = { lookUp, ...(missing && { byStatus: { 404: missing } }) };
  // Which types belong to a path that is typed by a person, no compiler can know.
  const send = client[method as "GET"] as unknown as (path: string, init: object) => Promise<Answer>;
  // A success that is no JSON, such as a login page, is an error of the SDK's.
  const { response } = await withHints(
    hints,
    send(operation.path, {
      params: { path: values, ...(query && { query: { query } }) },
      querySerializer: () => query,
      ...(body !== undefined && { body, bodySerializer: () => body }),
      ...(hasBytes && { parseAs: "arrayBuffer" }),
      signal: interruption(),
    }),
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  const print = () => deliver(bytes, options, { hasBytes: hasBytes && response.ok, isOk: response.ok });
  if (isWrite && response.ok) await reportWritten(`${response.status} ${method} ${given}`, lookUp, print);
  else await print();
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

/** A success goes where it is wanted; what is wrong is printed. */
async function deliver(
  bytes: Uint8Array,
  options: Options,
  { hasBytes, isOk }: { readonly hasBytes: boolean; readonly isOk: boolean },
): Promise<void> {
  const { output, force } = options;
  if (isOk && output !== undefined) {
    writePrivately(output, bytes, force);
    log(options, `wrote ${bytes.length} bytes to ${plain(output)}`);
  } else if (hasBytes) await writeBytes(bytes);
  else await write(shown(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
}

/** The command that shows what a write has done. */
function lookUpOf({ path }: Operation, { id, iccid }: Values): string {
  if (path === "/package-templates") return "esim templates list --sort -created";
  if (path.startsWith("/sim-pcr-profiles")) return `esim line get ${iccid}`;
  return id === undefined ? "esim packages list" : getCommand(id);
}

/** What was not there: what the path names, or what a body does. A list is there wherever the API is, so that its 404 is about the address. */
function notFound({ path, isWrite }: Operation, { id, iccid }: Values): string | undefined {
  if (path.startsWith("/package-templates/")) return "find the template with `esim templates list`";
  if (id !== undefined) return packageHints(id).byStatus?.[404];
  if (iccid !== undefined) return "find the SIM with `esim sims list`";
  if (path === "/packages" && isWrite)
    return "check the SIM and the template, and the address with `esim doctor`";
  return undefined;
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

/** The parameters of a path. */
type Values = Readonly<Record<string, string>>;

interface Route {
  readonly operation: Operation;
  readonly values: Values;
  /** Without its question mark. */
  readonly query: string;
}

/** Which of the document's paths is meant. @throws CliError for none */
function route(method: string, given: string): Route {
  const [path = "", query = ""] = given.split(/\?(.*)/s);
  const parts = path.replace(/^\/?/, "/").split("/");
  for (const [template, methods] of PATHS) {
    const names = template.split("/");
    const isIt =
      names.length === parts.length && names.every((name, at) => /^\{/.test(name) || name === parts[at]);
    if (!isIt) continue;
    const operation = methods.get(method);
    if (!operation)
      throw usage(
        `the API has no ${plain(method)} ${template}`,
        `it has ${[...methods.keys()].join(" and ")}`,
      );
    const values = names.flatMap((name, at) =>
      name.startsWith("{") ? [[name.slice(1, -1), decoded(parts[at] ?? "")]] : [],
    );
    return { operation, values: Object.fromEntries(values), query: escapedQuery(query) };
  }
  throw usage(`the API has no path ${plain(path)}`, `it has ${[...PATHS.keys()].join(", ")}`);
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
