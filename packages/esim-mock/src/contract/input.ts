import { UnreadableBody } from "../http/unreadable-body.ts";
import {
  type Operation,
  type PrismRequest,
  SEVERITY_ERROR,
  type ValidateInput,
  type Violation,
} from "./prism.ts";

/**
 * Prism's validation, preceded by three checks that it lacks: a body that does not parse, a path with broken percent-encoding,
 * and a parameter without a value, which Prism takes for a missing one. They are reported as Prism's violations are, so that a
 * missing route or key still comes first.
 */
export function refuseUnreadable(validateInput: ValidateInput): ValidateInput {
  return ({ resource, element }) => {
    const unreadable = [
      ...brokenParameters(resource.path, element.url.path),
      ...emptyParameters(resource, element.url.query),
    ];
    if (element.body instanceof UnreadableBody) {
      unreadable.push({
        path: ["body"],
        code: "unreadable",
        message: element.body.reason,
        severity: SEVERITY_ERROR,
      });
    }
    const [first, ...others] = unreadable;
    return first ? { _tag: "Left", left: [first, ...others] } : validateInput({ resource, element });
  };
}

function brokenParameters(template: string, path: string): Violation[] {
  if (!path.includes("%")) return [];
  const names = template.split("/");
  return path.split("/").flatMap((segment, index) => {
    if (decode(segment) !== undefined) return [];
    const name = names[index]?.replace(/[{}]/g, "") ?? "";
    const message = "is not valid percent-encoded UTF-8";
    return [{ path: ["path", name], code: "unreadable", message, severity: SEVERITY_ERROR }];
  });
}

function emptyParameters({ request }: Operation, query: PrismRequest["url"]["query"] = {}): Violation[] {
  const empty = (request?.query ?? []).filter((each) => query[each.name] === "" && !admitsNothing(each));
  return empty.map(({ name }) => ({
    path: ["query", name.toLowerCase()],
    code: "unreadable",
    message: "must not be empty",
    severity: SEVERITY_ERROR,
  }));
}

type Parameter = NonNullable<NonNullable<Operation["request"]>["query"]>[number];

/** An unrestricted string may be empty. */
function admitsNothing({ allowEmptyValue, schema }: Parameter): boolean {
  const { type = "string", pattern, format, minLength, enum: values } = schema ?? {};
  return (
    Boolean(allowEmptyValue) ||
    ([type].flat().includes("string") && !pattern && !format && !minLength && !values)
  );
}

// The result is returned because the bundler removes an unused call of decodeURIComponent.
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
