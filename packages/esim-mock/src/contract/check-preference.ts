import { Refusal } from "../http/refusal.ts";
import { type MockComponent, type MockConfig, type Operation, prism } from "./prism.ts";

type Response = Operation["responses"][number];

/** Prism's `mock`, after a check that what the caller prefers is there: Prism would answer 500, or with something else. */
export function checkPreference(mock: MockComponent): MockComponent {
  return (options) => {
    const refusal = unavailable(options.resource, options.config);
    if (refusal) return () => ({ _tag: "Left", left: refusal });
    // A seed stays with Prism's generator until it is taken away.
    if (options.config.dynamic && options.config.seed === undefined) prism().resetJSONSchemaGenerator();
    return mock(options);
  };
}

function unavailable(operation: Operation, { code, exampleKey }: MockConfig): Refusal | undefined {
  if (code === undefined && exampleKey === undefined) return undefined;
  const name = operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`;
  const { responses } = operation;
  const response = code === undefined ? usual(responses) : withCode(responses, code);
  if (!response) {
    const codes = responses.map((each) => each.code).join(", ");
    return new Refusal(400, `Preference code=${code}: ${name} has ${codes}`);
  }
  if (exampleKey === undefined || examplesOf(response).includes(exampleKey)) return undefined;
  const known = responses.flatMap((each) =>
    examplesOf(each).map((example) => `${example} (code=${each.code})`),
  );
  const where = `${name} has no such example for ${response.code}`;
  return new Refusal(
    400,
    `Preference example=${exampleKey}: ${where}; there are ${known.join(", ") || "none"}`,
  );
}

/** The response that Prism takes when no code is asked for. */
function usual(responses: readonly Response[]): Response | undefined {
  const successes = responses.filter(({ code }) => /^2(\d\d|XX)$/.test(code));
  const [lowest] = successes.sort((a, b) => (a.code < b.code ? -1 : 1));
  return lowest ?? responses.find(({ code }) => code === "default") ?? responses[0];
}

function withCode(responses: readonly Response[], code: number): Response | undefined {
  const inOrder = [String(code), `${String(code).charAt(0)}XX`, "default"];
  return inOrder.map((wanted) => responses.find((each) => each.code === wanted)).find(Boolean);
}

function examplesOf(response: Response): string[] {
  return (response.contents ?? []).flatMap(({ examples = [] }) => examples.map(({ key }) => key));
}
