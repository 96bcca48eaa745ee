import { type CreatePackageTemplateRequest, PCRApi } from "@betatelltd/esim-sdk";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { seconds, wholeNumber } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { printDryRun } from "../../dry-run.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { type Hints, withHints } from "../../hints.ts";
import { detailsText } from "../../listing/details.ts";
import { asRow } from "../../listing/row.ts";
import { write } from "../../output.ts";
import { readJson } from "../../read-json.ts";
import { reportWritten } from "../../report-written.ts";
import { TEMPLATE_FIELDS } from "./details.ts";
import { countryCodes, dataSize, from, lasting, until } from "./values.ts";

const ACTIVATIONS = ["auto", "manual"] as const;
const INPUT = "--input";

const define = () =>
  command("create", {
    description: "create a template; this API cannot change or withdraw it later",
    examples: [
      'esim templates create --name "Europe 5 GB" --country DEU,FRA --data 5GB --duration 7d \\\n      --activation auto --available-until 2027-12-31 --inventory 51952 --dry-run',
      "esim templates create --input template.json",
    ],
  })
    .option("--name <text>", "the name; need not be unique")
    .addOption(
      new Option("--country <codes>", "where packages work: DEU,FRA; repeatable").argParser(countryCodes),
    )
    .option("--data <amount>", "data per package: 5GB, 500MB", dataSize)
    .option("--duration <duration>", "how long a package lasts: 7d, 12h, 1month", lasting)
    .addOption(
      new Option("--activation <type>", "auto: at first use; manual: with `esim packages activate`")
        .choices(ACTIVATIONS)
        .argParser(activation),
    )
    .option("--activation-window <duration>", "how long a package can be activated (default 30d)", seconds)
    .option("--available-from <date>", "first day on sale (default: now)", from)
    .option("--available-until <date>", "last day on sale", until)
    .option("--inventory <id>", "the inventory it is for", wholeNumber)
    .option("--input <file>", "send this JSON file instead; - for stdin")
    .option("--dry-run", "print the request, and send nothing");

type Options = OptionsOf<typeof define>;

/** `esim templates create`. */
export const create = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: Options): Promise<void> {
  const request = options.input === undefined ? requestOf(options) : readRequest(options.input, options);
  if (options.dryRun)
    return printDryRun({ method: "POST", path: "/package-templates", body: request }, options);
  const { configuration, call } = await connect(options);
  const lookUp = lookUpCommand(request);
  const hints: Hints = {
    written: "the template may have been created",
    lookUp,
    byStatus: { 400: "check the values, and the inventory with `esim inventories list`" },
  };
  const api = new PCRApi(configuration);
  const { data } = await withHints(hints, api.createPackageTemplate(request, call));
  const { id } = asRow(data);
  if (id === undefined || id === null)
    throw new CliError(
      "the answer is not a valid template",
      `the template may have been created: check with \`${lookUp}\` before you try again`,
      ExitCode.unexpected,
    );
  await reportWritten(`created template ${plain(id)}`, lookUp, () =>
    write(detailsText(data, TEMPLATE_FIELDS, "id", options)),
  );
}

/** 30 days, in seconds. */
const DEFAULT_WINDOW = 2_592_000;

type Given = Omit<CreatePackageTemplateRequest, "activation_time_allowance" | "earliest_available_date">;

/** Builds the request from flags. @throws CliError that lists all missing flags */
function requestOf(options: Options): CreatePackageTemplateRequest {
  const { availableFrom = Date.now(), activationWindow = DEFAULT_WINDOW } = options;
  const given: { readonly [Field in keyof Given]: readonly [flag: string, value: Given[Field] | undefined] } =
    {
      name: ["--name", options.name],
      supported_countries: ["--country", options.country as string[] | undefined],
      activation_type: ["--activation", options.activation],
      data_usage_allowance: ["--data", options.data],
      time_allowance: ["--duration", options.duration],
      latest_available_date: ["--available-until", options.availableUntil],
      inventory: ["--inventory", options.inventory],
    };
  const missing = Object.values(given).flatMap(([flag, value]) => (value === undefined ? [flag] : []));
  if (missing.length > 0)
    throw usage(
      `missing: ${missing.join(", ")}`,
      `add ${missing.length > 1 ? "them" : "it"}, or pass the whole template as JSON with ${INPUT} FILE`,
    );
  if (options.name?.trim() === "") throw usage("--name is empty", "give the template a name");
  if (options.availableUntil !== undefined && options.availableUntil <= availableFrom)
    throw usage(
      `--available-until is ${options.availableFrom === undefined ? "in the past" : "not after --available-from"}`,
      "pass a later --available-until",
    );
  const values = Object.fromEntries(Object.entries(given).map(([field, [, value]]) => [field, value]));
  return {
    ...(values as unknown as Given),
    activation_time_allowance: activationWindow,
    earliest_available_date: availableFrom,
  };
}

const FIELD_FLAGS = {
  name: "--name",
  country: "--country",
  data: "--data",
  duration: "--duration",
  activation: "--activation",
  activationWindow: "--activation-window",
  availableFrom: "--available-from",
  availableUntil: "--available-until",
  inventory: "--inventory",
} as const satisfies Partial<Record<keyof Options, string>>;

/** Reads the request from a file. Its values are left to the server to check. @throws CliError unless it is an object, or with other flags */
function readRequest(file: string, options: Options): CreatePackageTemplateRequest {
  const flags = Object.entries(FIELD_FLAGS).flatMap(([name, flag]) =>
    options[name as keyof typeof FIELD_FLAGS] === undefined ? [] : [flag],
  );
  if (flags.length > 0)
    throw usage(`${INPUT} cannot be combined with ${flags.join(", ")}`, "put everything into the file");
  const body: unknown = JSON.parse(readJson(file));
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as CreatePackageTemplateRequest;
  throw usage("the body is not a JSON object", "correct the body; nothing was sent");
}

function lookUpCommand({ inventory }: CreatePackageTemplateRequest): string {
  const filter = Number.isSafeInteger(inventory) ? ` --inventory ${inventory}` : "";
  return `esim templates list${filter} --sort -created`;
}

function activation(text: string): "AUTO" | "MANUAL" {
  if (text === "auto") return "AUTO";
  if (text === "manual") return "MANUAL";
  throw new InvalidArgumentError("Expected auto or manual.");
}

function usage(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.usage);
}
