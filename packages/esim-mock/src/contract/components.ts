import { acceptAny } from "./acceptable.ts";
import { decodeExamples, validateBytes } from "./binary.ts";
import { explainInvalid } from "./explain-invalid.ts";
import { cachedExamples, type PreparedExample } from "./fast-path/examples.ts";
import { fastPath } from "./fast-path/index.ts";
import { refuseUnreadable } from "./input.ts";
import { checkPreference } from "./preference.ts";
import { type Components, type MockComponent, type Operation, stockComponents } from "./prism.ts";
import { explainRoute } from "./route.ts";

/** What may stand in place of the components' own. */
export interface ComponentOptions {
  /** Answers valid requests, given what answers them from the document. @default the latter */
  readonly answer?: ((examples: MockComponent) => MockComponent) | undefined;
  /** Examples that are known already. @default none */
  readonly prepared?:
    | { readonly operations: readonly Operation[]; readonly examples: readonly PreparedExample[] }
    | undefined;
  /** Whether plain requests pass without Prism, which changes no answer. @default true */
  readonly isFast?: boolean | undefined;
}

/**
 * The pipeline's parts, in the order in which a request meets them: route, validateSecurity and validateInput, mock,
 * validateOutput. They are Prism's, with six rules of ours around them. This is the place to exchange one.
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
