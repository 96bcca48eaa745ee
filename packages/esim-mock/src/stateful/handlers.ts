import type { MockComponent, Operation } from "../contract/prism.ts";
import { pathParameters } from "../contract/router.ts";
import { Refusal } from "../http/refusal.ts";
import { COUNTRY_HANDLERS } from "./countries/handlers.ts";
import { EUICC_PROFILE_HANDLERS } from "./euicc-profiles/handlers.ts";
import type { Handler, Handlers, OperationId, Query } from "./handler.ts";
import { INVENTORY_HANDLERS } from "./inventories/handlers.ts";
import { PACKAGE_HANDLERS } from "./packages/handlers.ts";
import { PCR_PROFILE_HANDLERS } from "./pcr-profiles/handlers.ts";
import { SIM_HANDLERS } from "./sims/handlers.ts";
import { STATUS_HANDLERS } from "./status/handlers.ts";
import type { Store } from "./store.ts";
import { TEMPLATE_HANDLERS } from "./templates/handlers.ts";

/** The handlers of all operations of the contract: a missing one is a compile error. */
const HANDLERS = {
  ...PACKAGE_HANDLERS,
  ...INVENTORY_HANDLERS,
  ...SIM_HANDLERS,
  ...TEMPLATE_HANDLERS,
  ...PCR_PROFILE_HANDLERS,
  ...EUICC_PROFILE_HANDLERS,
  ...COUNTRY_HANDLERS,
  ...STATUS_HANDLERS,
} satisfies Handlers<OperationId>;

/** By operation name, which can be any. A handler gets the body already validated for its operation. */
const HANDLERS_BY_NAME = new Map(Object.entries(HANDLERS) as [string, Handler][]);

/**
 * Takes the place of Prism's `mock` and answers valid requests from the store. Requests with `Prefer` still go to `example`. An
 * operation without a handler, such as one from another document, is refused: its example would look like an answer from the store.
 */
export function answerFromStore(store: Store, example: MockComponent): MockComponent {
  return (options) => {
    const { resource, input, config } = options;
    if (config.code !== undefined || config.exampleKey !== undefined || config.dynamic)
      return example(options);
    const handler = HANDLERS_BY_NAME.get(resource.iid ?? "");
    if (!handler) return () => ({ _tag: "Left", left: notImplemented(resource) });
    return () => {
      try {
        const { url, headers = {}, body } = input.data;
        const { status, type, ...reply } = handler({
          store,
          user: headers["x-user-id"] ?? "",
          path: pathParameters(resource, url.path),
          query: (url.query ?? {}) as Query,
          body: body as never,
        });
        const contentType = reply.body === undefined ? {} : { "content-type": type ?? "application/json" };
        return { _tag: "Right", right: { statusCode: status, headers: contentType, body: reply.body } };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { _tag: "Left", left: error };
      }
    };
  };
}

function notImplemented({ iid, method, path }: Operation): Refusal {
  const name = iid ?? `${method.toUpperCase()} ${path}`;
  return new Refusal(
    501,
    `${name} has no rules in a stateful mock: send Prefer: dynamic=true or Prefer: example=NAME for an answer from the document`,
  );
}
