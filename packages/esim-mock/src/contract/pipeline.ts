import { type Answer, refuse } from "../http/answer.ts";
import { Refusal } from "../http/refusal.ts";
import { readPreference } from "./preference.ts";
import type { Components, PrismRequest, Violation } from "./prism.ts";
import type { Destination } from "./router.ts";
import { describeViolation } from "./violation.ts";

/** Answers a request. Never throws. */
export type Pipeline = (request: PrismRequest, destination: Destination) => Answer;

/**
 * Calls Prism's components after its router, in the same order and the same way as Prism does.
 *
 * @param dynamic whether answers are generated rather than taken from examples, unless a request prefers otherwise
 * @param strict whether an answer that departs from the document is replaced by a 500 that says so
 */
export function createPipeline(
  components: Components,
  { dynamic, strict = false }: { dynamic: boolean; strict?: boolean },
): Pipeline {
  const { validateSecurity, validateInput, mock, validateOutput, logger } = components;

  return (data, destination) => {
    try {
      const preference = readPreference(data);
      if (!destination.operation) return refuse(destination.refusal);
      const resource = destination.operation;

      const request = { resource, element: data };
      const validations = [
        ...violationsOf(validateSecurity(request)),
        ...violationsOf(validateInput(request)),
      ];
      // A new configuration each time: Prism writes to it.
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
