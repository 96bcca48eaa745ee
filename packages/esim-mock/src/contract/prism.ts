import {
  createInstance,
  type IHttpConfig,
  type IHttpMockConfig,
  type IHttpRequest,
  type IHttpResponse,
  type PrismHttpComponents,
} from "@stoplight/prism-http";

/** Names for Prism's types that the mock uses, so that nothing else depends on where Prism keeps them. */
export type { IHttpRequest as PrismRequest, IHttpResponse as PrismResponse };
export type Components = PrismHttpComponents;
export type Route = Components["route"];
export type ValidateInput = Components["validateInput"];
export type MockComponent = Components["mock"];
export type MockConfig = IHttpMockConfig["mock"];
export type Operation = Parameters<Route>[0]["resources"][number];
export type Violation = Parameters<MockComponent>[0]["input"]["validations"][number];

/** `severity` of a violation that makes a request or an answer invalid; higher numbers are warnings and hints. */
export const severityError = 0;

export const prismConfig: IHttpConfig = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/** Prism narrates every request, keys included. The mock writes its own, shorter and without them. */
const silent = Object.fromEntries(
  ["fatal", "error", "warn", "info", "success", "debug", "trace"].map((level) => [level, () => {}]),
);
const silentLogger = { ...silent, child: () => silentLogger } as unknown as Components["logger"];

/**
 * Prism's own components, to build on. Prism does not export them one by one, but `createInstance` fills in those
 * that are missing, on the object that it is given.
 */
export function stockComponents(): Components {
  const components: Partial<Components> & Pick<Components, "logger"> = { logger: silentLogger };
  createInstance(prismConfig, components);
  const { route, validateInput, validateSecurity, validateOutput, mock, forward, logger } = components;
  if (!route || !validateInput || !validateSecurity || !validateOutput || !mock || !forward) {
    throw new Error("this version of @stoplight/prism-http does not hand out its components");
  }
  return { route, validateInput, validateSecurity, validateOutput, mock, forward, logger };
}
