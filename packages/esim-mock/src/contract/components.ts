import { explainInvalid } from "./explain-invalid.ts";
import { honourPreference } from "./honour-preference.ts";
import { type Components, type MockComponent, stockComponents } from "./prism.ts";
import { quickInput } from "./quick/quick-input.ts";
import { quickOutput } from "./quick/quick-output.ts";
import { quickRoute } from "./quick/quick-route.ts";
import { quickSecurity } from "./quick/quick-security.ts";
import { rememberExamples } from "./quick/remember-examples.ts";
import { refuseUnknownRoute } from "./refuse-unknown-route.ts";
import { refuseUnreadable } from "./refuse-unreadable.ts";

/**
 * The pipeline's parts, in the order in which a request meets them: route, validateSecurity and validateInput, mock,
 * validateOutput. Each is Prism's, with something around it; what is called quick lets the plain cases pass without Prism. This is the
 * place to exchange one.
 *
 * @param answer answers valid requests, given what answers them from the document; by default that itself
 */
export function createComponents(
  answer: (examples: MockComponent) => MockComponent = (examples) => examples,
): Components {
  const stock = stockComponents();
  return {
    ...stock,
    route: refuseUnknownRoute(quickRoute(stock.route)),
    validateSecurity: quickSecurity(stock.validateSecurity),
    validateInput: quickInput(refuseUnreadable(stock.validateInput)),
    mock: explainInvalid(stock.mock, answer(rememberExamples(honourPreference(stock.mock)))),
    validateOutput: quickOutput(stock.validateOutput),
  };
}
