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
import { NO_PROFILE_HINT, noCodeHint } from "./profile/hints.ts";
import { FIND_SIM } from "./sims/hints.ts";

/** The operations of the API's document, by path and method. */
const PATHS = new Map<string, Map<string, Operation>>();
for (const each of Object.values<Operation>(OPERATIONS))
  PATHS.set(each.path, (PATHS.get(each.path) ?? new Map()).set(each.method, each));

const define = () =>
  command("api", {
    description: "send any request in the API's document with your keys, and print the answer unchanged",
    examples: [
      "esim api GET '/packages?count=2'",
      "esim api GET /packages/pkg_123456",
      "esim api POST /packages --input package.json",
      "esim api GET /euicc-profiles/8910300000045681955/qrcode --output code.png",
      'echo \'{"sim":"8910300000045681955","package_template":21145354}\' | esim api POST /packages --input -',
    ],
  })
    .argument("<method>", "the method, such as GET", (text: string) => text.toUpperCase())
    .argument("<path>", "the path below the base URL, with its query")
    .option("--input <file>", "send this JSON file as the body; - for stdin")
    .option("--output <file>", "write a successful answer to this file, readable by you only")
    .option("--force", "with --output: replace an existing file");

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
      `${operation.id} returns an image, which a terminal cannot show`,
      `pass --output FILE${values.iccid ? `, or draw the code with \`esim qr ${plain(values.iccid)}\`` : ""}`,
    );
  if (output !== undefined) checkFree(output, force);
  else if (force) throw usage("--force works with --output only", "add --output FILE");
  const body = options.input === undefined ? undefined : readJson(options.input);
  const client = createEsimClient(await clientOptionsFor(usableConnection(options), options));
  const { isWrite } = operation;
  const lookUp = lookUpOf(operation, values);
  const missing = notFound(operation, values);
  const hints: Hints = { lookUp, ...(missing && { byStatus: { 404: missing } }) };
  // The path is known at run time only, so the call cannot be typed.
  const send = client[method as "GET"] as unknown as (path: string, init: object) => Promise<Answer>;
  // The SDK throws if a success is not JSON, such as a login page.
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

/** Writes a success to --output or stdout; an error is always printed. */
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

/** The hint for a 404, by what the path or the body names. A list always exists, so its 404 means that the address is wrong. */
function notFound({ path, isWrite }: Operation, { id, iccid }: Values): string | undefined {
  if (path.startsWith("/package-templates/")) return "find the template with `esim templates list`";
  if (id !== undefined) return packageHints(id).byStatus?.[404];
  // A SIM may exist without a profile, and a profile without a code.
  if (path.startsWith("/euicc-profiles/"))
    return path.endsWith("/qrcode") ? noCodeHint(plain(iccid)) : NO_PROFILE_HINT;
  if (iccid !== undefined) return FIND_SIM;
  if (path === "/packages" && isWrite)
    return "check the SIM and the template, and the address with `esim doctor`";
  return undefined;
}

/** The seconds to wait, from either form of Retry-After; a date is compared with the Date of the same answer. */
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
  /** Without the question mark. */
  readonly query: string;
}

/** Finds the operation for a path. @throws CliError if the document has none */
function route(method: string, given: string): Route {
  const [path = "", query = ""] = given.split(/\?(.*)/s);
  const parts = path.replace(/^\/?/, "/").split("/");
  for (const [template, methods] of PATHS) {
    const names = template.split("/");
    const isMatch =
      names.length === parts.length && names.every((name, at) => /^\{/.test(name) || name === parts[at]);
    if (!isMatch) continue;
    const operation = methods.get(method);
    if (!operation)
      throw usage(`the API has no ${plain(method)} ${template}`, `use ${[...methods.keys()].join(" or ")}`);
    const values = names.flatMap((name, at) =>
      name.startsWith("{") ? [[name.slice(1, -1), decoded(parts[at] ?? "")]] : [],
    );
    return { operation, values: Object.fromEntries(values), query: escapedQuery(query) };
  }
  throw usage(`the API has no path ${plain(path)}`, `use one of ${[...PATHS.keys()].join(", ")}`);
}

/** Escapes what a URL cannot contain, and leaves existing escapes alone. @throws CliError for a # */
function escapedQuery(query: string): string {
  if (query.includes("#")) throw usage("the query contains a #, which would end it", "write # as %23");
  return query.toWellFormed().replace(/[^!-~]+|["<>\\^`{|}]/g, encodeURIComponent);
}

/** Decodes a path segment; the SDK escapes it again. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw usage("the path contains a % that is not part of an escape", "write % as %25");
  }
}

/** Unchanged in a pipe; at a terminal indented, and without anything that could control it. */
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
