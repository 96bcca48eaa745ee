import type { Components } from "../prism.ts";
import { fastInput } from "./input.ts";
import { fastOutput } from "./output.ts";
import { fastRoute } from "./route.ts";
import { fastSecurity } from "./security.ts";

/**
 * The same components, each of which handles the plain cases itself and delegates all others to the one it wraps. It accepts only
 * what is certainly valid, so answers are the same without it, only slower.
 */
export function fastPath(components: Components): Components {
  return {
    ...components,
    route: fastRoute(components.route),
    validateSecurity: fastSecurity(components.validateSecurity),
    validateInput: fastInput(components.validateInput),
    validateOutput: fastOutput(components.validateOutput),
  };
}
