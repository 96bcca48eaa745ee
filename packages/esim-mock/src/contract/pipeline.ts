import { errorBody } from "../http/error-body.ts";
import { Refusal } from "../http/refusal.ts";
import { readPreference } from "./preference.ts";
import type { Components, Operation, PrismRequest, Violation } from "./prism.ts";
import { describeViolation } from "./violation.ts";

/** What goes back to the caller, and what the log should say about it. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  /** Undefined for none. */
  body: unknown;
  notes: readonly string[];
}

/** Answers a request. It never throws. */
export type Pipeline = (request: PrismRequest) => Answer;

/**
 * Prism over the operations of one document: its components, in its order, each called as it calls them.
 *
 * @param dynamic whether answers are generated rather than taken from examples, unless a request prefers otherwise.
 * @param strict whether an answer that departs from the document is replaced by a 500 that says so.
 */
export function createPipeline(
  operations: readonly Operation[],
  components: Components,
  { dynamic, strict = false }: { dynamic: boolean; strict?: boolean },
): Pipeline {
  const { route, validateSecurity, validateInput, mock, validateOutput, logger } = components;
  const resources = [...operations];

  return (data) => {
    try {
      const preference = readPreference(data);
      const routed = route({ resources, input: data });
      if (routed._tag === "Left") return refuse(routed.left);
      const resource = routed.right;

      const request = { resource, element: data };
      const validations = [
        ...violationsOf(validateSecurity(request)),
        ...violationsOf(validateInput(request)),
      ];
      // A new configuration each time: Prism writes into it.
      const config = { dynamic, ...preference };
      const mocked = mock({ resource, input: { data, validations }, config })(logger);
      if (mocked._tag === "Left") return refuse(mocked.left);

      const output = mocked.right;
      const departures = violationsOf(validateOutput({ resource, element: output }));
      const notes = [
        ...validations.map((violation) => describeViolation(violation)),
        ...departures.map(({ message }) => `the answer departs from the document: ${message}`),
      ];
      if (strict && departures.length > 0) return refuse(new Refusal(500, notes.join("; ")));
      return { status: output.statusCode, headers: output.headers ?? {}, body: output.body, notes };
    } catch (error) {
      return refuse(error);
    }
  };
}

type Checked = ReturnType<Components["validateInput" | "validateSecurity" | "validateOutput"]>;

function violationsOf(checked: Checked): readonly Violation[] {
  return checked._tag === "Left" ? checked.left : [];
}

/** The answer for anything that was thrown: a refusal, one of Prism's problems, or a fault of the mock's own. */
export function refuse(error: unknown): Answer {
  const { status, message, headers } =
    error instanceof Refusal ? error : { ...describeProblem(error), headers: {} };
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: errorBody(status, message),
    notes: [message],
  };
}

function describeProblem(error: unknown): { status: number; message: string } {
  if (!(error instanceof Error)) return { status: 500, message: `The mock failed: ${String(error)}` };
  const { status, detail } = error as Error & { status?: unknown; detail?: unknown };
  return {
    status: typeof status === "number" ? status : 500,
    message: typeof detail === "string" && detail ? detail : `The mock failed: ${error.message}`,
  };
}
