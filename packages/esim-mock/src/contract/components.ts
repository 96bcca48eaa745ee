import { acceptAny } from "./acceptable.ts";
import { decodeExamples, validateBytes } from "./binary.ts";
import { explainInvalid } from "./explain-invalid.ts";
import { cachedExamples, type PreparedExample } from "./fast-path/examples.ts";
import { fastPath } from "./fast-path/index.ts";
import { refuseUnreadable } from "./input.ts";
import { checkPreference } from "./preference.ts";
import { type Components, type MockComponent, type Operation, stockComponents } from "./prism.ts";
import { explainRoute } from "./route.ts";

/** What can replace the default components. */
export interface ComponentOptions {
  /** Answers valid requests; gets the component that answers from the document. @default that component */
  readonly answer?: ((examples: MockComponent) => MockComponent) | undefined;
  /** Answers computed at build time. @default none */
  readonly prepared?:
    | { readonly operations: readonly Operation[]; readonly examples: readonly PreparedExample[] }
    | undefined;
  /** Whether clearly valid requests skip Prism, which changes no answer. @default true */
  readonly isFast?: boolean | undefined;
}

/**
 * The pipeline's components, in the order in which a request passes them: route, validateSecurity and validateInput, mock,
 * validateOutput. They are Prism's, with six rules of our own around them. To replace one, do it here.
 */
export function createComponents({
  answer = (examples) => examples,
  prepared,
  isFast = true,
}: ComponentOptions = {}): Components {
  const stock = stockComponents();
  const prisms = checkPreference(stock.mock);
  const examples = isFast ? cachedExamples(prisms, prepared?.operations, prepared?.examples) : prisms;
  const components = {
    ...stock,
    route: explainRoute(stock.route),
    validateInput: refuseUnreadable(stock.validateInput),
    mock: explainInvalid(stock.mock, answer(acceptAny(decodeExamples(examples)))),
    validateOutput: validateBytes(stock.validateOutput),
  };
  return isFast ? fastPath(components) : components;
}
