import { CASES, type Case, KEPT_ALIVE, PROMISES } from "./cases.ts";
import { type Check, check } from "./check.ts";
import type { Arrived } from "./hostile.ts";
import { KEYS } from "./keys.ts";
import type { FailedWith, Outcome } from "./promises.ts";

/** A run of promises.ts, as seen from both sides. */
export interface Played {
  /** The platform it ran on. */
  readonly title: string;
  readonly outcomes: readonly Outcome[] | undefined;
  arrived(name: string, layer: Outcome["layer"]): Arrived;
  /** Everything that it printed. */
  readonly output: string;
  readonly isBrowser?: boolean;
}

const ALL = [...CASES, ...KEPT_ALIVE];
/** A call that should end after 1 or 1.5 s may take this long on a busy machine. */
const MOST_MILLISECONDS = 8000;

/** Checks each promise. */
export function judge({ title, outcomes, arrived, output, isBrowser }: Played): Check[] {
  if (!outcomes) return [check(`${title}: runs`, `It did not finish.\n${output}`)];
  // Every call sends keys.
  const problems = new Map<string, string[]>([["keys", []]]);
  for (const outcome of outcomes) {
    const each = ALL.find(({ name }) => name === outcome.name) as Case;
    const counts = arrived(outcome.name, outcome.layer);
    const isRepeated = Boolean(isBrowser && each.isRepeatedByBrowsers);
    const found = [...wrongOutcome(each, outcome, counts, isRepeated)];
    // If something else broke, that is enough.
    if (!isStrange(outcome)) found.push(...wrongArrivals(each, outcome, counts, isRepeated));
    const list = problems.get(each.promise) ?? [];
    problems.set(each.promise, list);
    for (const problem of found) list.push(`${each.name}, ${outcome.layer}: ${problem}`);
    if (counts.keyless > 0 || counts.elsewhere > 0) {
      const leak = `${counts.keyless} requests without the keys, ${counts.elsewhere} at another origin`;
      problems.get("keys")?.push(`${each.name}, ${outcome.layer}: ${leak}`);
    }
  }
  const printed = lineWithKey(output, outcomes);
  if (printed) problems.get("keys")?.push(`a key is shown: ${printed}`);
  return Object.entries(PROMISES)
    .filter(([promise]) => problems.has(promise))
    .map(([promise, text]) => check(`${title}: ${text}`, ...(problems.get(promise) ?? [])));
}

/** Whether a call failed with something other than an error of the client or an abort. */
function isStrange({ error }: Outcome): boolean {
  return error !== undefined && !error.isEsimError && error.name !== "AbortError";
}

function* wrongOutcome(
  { expected, outcomeUnknown, options, abort }: Case,
  outcome: Outcome,
  counts: Arrived,
  isRepeated: boolean,
): Generator<string> {
  const { error, status, rows, layer, milliseconds } = outcome;
  const came = error ? `${error.name}: ${error.message}` : `status ${status}`;
  if (isStrange(outcome)) return yield came;
  // If the runtime sent it on a new connection, nothing was lost.
  if (outcome.name === "kept-alive-write" && counts.onUsedConnection === 0 && status === 201) return;
  // The outcome of the last attempt says nothing about the first.
  if (isRepeated) return;

  if ("status" in expected) {
    if (error || status !== expected.status) yield `${came}, not status ${expected.status}`;
    else if (rows !== expected.rows) yield `${rows} rows, not ${expected.rows}`;
    return;
  }
  if ("refusal" in expected && layer === "client") {
    if (error || status !== expected.refusal) yield `${came}, not a response with status ${expected.refusal}`;
    return;
  }
  if (!error) return yield `${came}, not an error`;
  if ("refusal" in expected && error.status !== expected.refusal)
    yield `${came}, not status ${expected.refusal}`;
  if ("error" in expected && expected.error !== (expected.error === "EsimError" ? "EsimError" : error.name))
    yield `${came}, not ${expected.error}`;
  if (outcomeUnknown !== undefined && (error.outcomeUnknown ?? false) !== outcomeUnknown)
    yield `${came} has outcomeUnknown: ${error.outcomeUnknown}`;
  if ((options?.timeout || abort) && milliseconds > MOST_MILLISECONDS) yield `it took ${milliseconds} ms`;
  if (error.isEsimError) yield* wrongJson(error);
}

function* wrongJson({ json, message, status }: FailedWith): Generator<string> {
  const fields = JSON.parse(json);
  for (const name of [
    "name",
    "message",
    "operation",
    "outcomeUnknown",
    ...(status === undefined ? [] : ["status"]),
  ])
    if (!(name in fields)) yield `JSON.stringify(error) lacks ${name}: ${json.slice(0, 200)}`;
  if (fields.message !== message) yield `JSON.stringify(error) has another message: ${json.slice(0, 200)}`;
}

function* wrongArrivals(
  { call, arrives, server }: Case,
  { error, attempts, name }: Outcome,
  counts: Arrived,
  isRepeated: boolean,
): Generator<string> {
  const { reads, writes } = counts;
  const isEnough = call === "list" ? reads >= arrives : isRepeated ? writes >= arrives : writes === arrives;
  if (!isEnough) yield `the server got ${reads} reads and ${writes} writes, not ${arrives}`;
  // This must hold whatever the case expects.
  const times = Math.max(isRepeated ? 0 : writes, attempts);
  if (call !== "list" && error?.outcomeUnknown && times > 1)
    yield `a write whose outcome is unknown was sent ${times} times`;
  if (server === "stall" && arrives > 0 && counts.abandoned !== reads + writes)
    yield `${name} was given up, but its connection stays open`;
}

/** Browsers, and happy-dom, log a failed request themselves, and quote the server's reason phrase. */
const BROWSERS_OWN = /^Failed to load resource|^(GET|POST) http\S+ \d{3} /;

function lineWithKey(output: string, outcomes: readonly Outcome[]): string | undefined {
  const lines = [...output.split("\n"), ...outcomes.map((outcome) => JSON.stringify(outcome))];
  const ours = lines.filter((line) => !BROWSERS_OWN.test(line));
  return ours.find((line) => Object.values(KEYS).some((key) => line.includes(key)))?.slice(0, 300);
}
