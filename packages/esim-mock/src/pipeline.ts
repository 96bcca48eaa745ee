import { createInstance } from "@stoplight/prism-http";
import { describeViolation } from "./describe-violation.ts";
import { errorBody } from "./error-body.ts";
import { readPreference } from "./preference.ts";
import { type Components, type Operation, type PrismRequest, prismConfig } from "./prism.ts";
import { Refusal } from "./refusal.ts";

/** What goes back to the caller, and what the log should say about it. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  /** Undefined for none. */
  body: unknown;
  notes: readonly string[];
}

/** Answers a request. It never throws and never rejects. */
export type Pipeline = (request: PrismRequest) => Promise<Answer>;

/**
 * A Prism instance over the operations of one document.
 *
 * @param dynamic whether answers are generated rather than taken from examples, unless a request prefers otherwise.
 * @param strict whether an answer that departs from the document is replaced by a 500 that says so.
 */
export function createPipeline(
  operations: readonly Operation[],
  components: Components,
  { dynamic, strict = false }: { dynamic: boolean; strict?: boolean },
): Pipeline {
  const prism = createInstance(prismConfig, components);
  const resources = [...operations];

  return async (request) => {
    try {
      // A new object each time: Prism writes into it.
      const mock = { dynamic, ...readPreference(request) };
      const result = await prism.request(request, resources, { ...prismConfig, mock })();
      if (result._tag === "Left") return refuse(result.left);

      const { output, validations } = result.right;
      const notes = [
        ...validations.input.map((violation) => describeViolation(violation)),
        ...validations.output.map(({ message }) => `the answer departs from the document: ${message}`),
      ];
      if (strict && validations.output.length > 0) return refuse(new Refusal(500, notes.join("; ")));
      return { status: output.statusCode, headers: output.headers ?? {}, body: output.body, notes };
    } catch (error) {
      return refuse(error);
    }
  };
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
