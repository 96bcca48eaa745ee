import { Refusal } from "../http/refusal.ts";
import { missingCredentials } from "./missing-credentials.ts";
import {
  type MockComponent,
  type Operation,
  type PrismRequest,
  SEVERITY_ERROR,
  type Violation,
} from "./prism.ts";
import { describeViolation } from "./violation.ts";

const UNAUTHORIZED = 401;

/**
 * Passes valid requests to `answer`. For the others Prism picks the documented answer (401 before 400) and its example, whose
 * `message` is replaced by the actual reason. Where the document has no such answer, the mock sends its own.
 */
export function explainInvalid(prism: MockComponent, answer: MockComponent): MockComponent {
  return (options) => {
    const { resource, input } = options;
    const violations = input.validations.filter(({ severity }) => severity === SEVERITY_ERROR);
    if (violations.length === 0) return answer(options);

    return (logger) => {
      // Without the caller's preferences, which choose among the answers to a valid request.
      const documented = prism({ ...options, config: { dynamic: false } })(logger);
      const lacksKeys = violations.some(({ code }) => code === UNAUTHORIZED);
      if (documented._tag === "Left") {
        const status = lacksKeys ? UNAUTHORIZED : refusalStatus(documented.left);
        return {
          _tag: "Left",
          left: new Refusal(status, reason("Unauthorized", resource, input.data, violations)),
        };
      }
      const { body } = documented.right;
      // In a user's own document, an error of another shape stays as written.
      if (!hasMessage(body)) return documented;
      const message = reason(body.message, resource, input.data, violations);
      // A generated or shared example may name another status.
      const { statusCode } = documented.right;
      const status = "statusCode" in body && typeof body.statusCode === "number" && { statusCode };
      return { _tag: "Right", right: { ...documented.right, body: { ...body, message, ...status } } };
    };
  };
}

function reason(
  documented: string,
  operation: Operation,
  request: PrismRequest,
  violations: readonly Violation[],
): string {
  if (!violations.some(({ code }) => code === UNAUTHORIZED)) {
    return violations.map((violation) => describeViolation(violation, operation)).join("; ");
  }
  const missing = missingCredentials(operation, request);
  return missing.length === 0
    ? documented
    : `${documented}: ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`;
}

/** Prism's own 415 stays; its 422 becomes the contract's 400. */
function refusalStatus(error: Error): number {
  return "status" in error && error.status === 415 ? 415 : 400;
}

function hasMessage(body: unknown): body is { message: string } {
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";
}
