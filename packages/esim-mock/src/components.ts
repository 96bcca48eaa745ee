import { explainInvalid } from "./explain-invalid.ts";
import { honourPreference } from "./honour-preference.ts";
import { type Components, type MockComponent, stockComponents } from "./prism.ts";
import { refuseUnknownRoute } from "./refuse-unknown-route.ts";
import { refuseUnreadable } from "./refuse-unreadable.ts";

/**
 * The pipeline's parts, in the order in which a request meets them: route, validateSecurity and validateInput, mock,
 * validateOutput. Each is Prism's, some with something around it. This is the place to exchange one.
 *
 * @param answer answers valid requests; by default Prism, from the document's examples and schemas.
 */
export function createComponents(
  answer: (stock: Components) => MockComponent = (stock) => honourPreference(stock.mock),
): Components {
  const stock = stockComponents();
  return {
    ...stock,
    route: refuseUnknownRoute(stock.route),
    validateInput: refuseUnreadable(stock.validateInput),
    mock: explainInvalid(stock.mock, answer(stock)),
  };
}
