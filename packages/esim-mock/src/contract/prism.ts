import { createRequire } from "node:module";
import type {
  createInstance,
  getHttpOperationsFromSpec,
  IHttpConfig,
  IHttpMockConfig,
  IHttpRequest,
  IHttpResponse,
  PrismHttpComponents,
  resetJSONSchemaGenerator,
} from "@stoplight/prism-http";

interface PrismModule {
  readonly createInstance: typeof createInstance;
  readonly getHttpOperationsFromSpec: typeof getHttpOperationsFromSpec;
  readonly resetJSONSchemaGenerator: typeof resetJSONSchemaGenerator;
}

const require = createRequire(import.meta.url);

/** Prism, loaded on first use: loading takes 300 ms and 90 MiB, and most requests do without it. */
export function prism(): PrismModule {
  return require("@stoplight/prism-http") as PrismModule;
}

/** Aliases for Prism's types, so that nothing else depends on where Prism keeps them. */
export type { IHttpRequest as PrismRequest, IHttpResponse as PrismResponse };
export type Components = PrismHttpComponents;
export type Route = Components["route"];
export type ValidateInput = Components["validateInput"];
export type MockComponent = Components["mock"];
export type MockConfig = IHttpMockConfig["mock"];
export type Operation = Parameters<Route>[0]["resources"][number];
export type Violation = Parameters<MockComponent>[0]["input"]["validations"][number];

/** The `severity` of a violation that makes a request or an answer invalid; higher numbers are warnings and hints. */
export const SEVERITY_ERROR = 0;

export const PRISM_CONFIG: IHttpConfig = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/** Prism logs every request, keys included. The mock's own log is shorter and has no keys. */
const SILENT_METHODS = Object.fromEntries(
  ["fatal", "error", "warn", "info", "success", "debug", "trace"].map((level) => [level, () => {}]),
);
const silentLogger = { ...SILENT_METHODS, child: () => silentLogger } as unknown as Components["logger"];

let stock: Components | undefined;

/**
 * Prism does not export its components one by one, but `createInstance` adds the missing ones to the object it is given.
 */
function loadComponents(): Components {
  if (stock) return stock;
  const components: Partial<Components> & Pick<Components, "logger"> = { logger: silentLogger };
  prism().createInstance(PRISM_CONFIG, components);
  const { route, validateInput, validateSecurity, validateOutput, mock, forward, logger } = components;
  if (!route || !validateInput || !validateSecurity || !validateOutput || !mock || !forward) {
    throw new Error("this version of @stoplight/prism-http does not expose its components");
  }
  stock = { route, validateInput, validateSecurity, validateOutput, mock, forward, logger };
  return stock;
}

/** Prism's own components, to build on. The first call of one loads Prism. */
export function stockComponents(): Components {
  return {
    route: (options) => loadComponents().route(options),
    validateInput: (options) => loadComponents().validateInput(options),
    validateSecurity: (options) => loadComponents().validateSecurity(options),
    validateOutput: (options) => loadComponents().validateOutput(options),
    mock: (options) => loadComponents().mock(options),
    forward: (input, baseUrl, config, resource) => loadComponents().forward(input, baseUrl, config, resource),
    logger: silentLogger,
  };
}
