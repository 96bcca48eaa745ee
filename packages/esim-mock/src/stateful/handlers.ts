import type { MockComponent, Operation } from "../contract/prism.ts";
import { pathParameters } from "../contract/router.ts";
import type { operations } from "../generated/openapi.ts";
import { Refusal } from "../http/refusal.ts";
import { toCreated, toPackage } from "./packages/to-wire.ts";
import type { Store } from "./store.ts";
import type { Status } from "./wire.ts";

type Query = Readonly<Record<string, string | undefined>>;
interface Call {
  readonly store: Store;
  readonly user: string;
  readonly id: string;
  readonly query: Query;
  readonly body: {
    readonly sim: string;
    readonly package_template: number;
    readonly time_allowance?: number;
  };
}
interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** How many packages a page holds if nothing is said, and how many at most. */
export const pageSizes = { usual: 20, most: 1_000 } as const;

/** The operations of the contract. */
type OperationId = keyof operations;

/** What the store does for each; an operation that is not here is answered with 501. */
const HANDLERS: Readonly<Partial<Record<OperationId, (call: Call) => Reply>>> = {
  getPackages({ store, user, query }) {
    const count = Math.min(integer(query, "count") ?? pageSizes.usual, pageSizes.most);
    const offset = integer(query, "offset") ?? 0;
    const filter = {
      inventory: integer(query, "inventory"),
      template: integer(query, "package_template"),
      sim: query.sim,
      status: query.status as Status | undefined,
    };
    const body = store.packages.page(user, filter, count, offset, ({ total, rows }) => ({
      total,
      count: rows.length,
      offset,
      packages: rows.map((row) => toPackage(store, row)),
    }));
    return { status: 200, body };
  },
  getPackage: ({ store, user, id }) => ({
    status: 200,
    body: toPackage(store, store.packages.get(user, id)),
  }),
  createPackage({ store, user, body }) {
    const row = store.packages.create(user, body.sim, body.package_template, body.time_allowance);
    return { status: 201, body: toCreated(store, row) };
  },
  activatePackage({ store, user, id }) {
    store.packages.activate(user, id);
    return { status: 204 };
  },
  terminatePackage({ store, user, id }) {
    store.packages.terminate(user, id);
    return { status: 204 };
  },
};

/** By the name that a request's operation has, which can be any. */
const handlers = new Map(Object.entries(HANDLERS));

/**
 * Stands where Prism's `mock` stands, and answers valid requests from the store. What a caller asks for with `Prefer` stays
 * with `example`. An operation without a handler, such as one that another document has, is refused: its example would look
 * like an answer from the store.
 */
export function answerFromStore(store: Store, example: MockComponent): MockComponent {
  return (options) => {
    const { resource, input, config } = options;
    if (config.code !== undefined || config.exampleKey !== undefined || config.dynamic)
      return example(options);
    const handler = handlers.get(resource.iid ?? "");
    if (!handler) return () => ({ _tag: "Left", left: notImplemented(resource) });
    return () => {
      try {
        const { url, headers = {}, body } = input.data;
        const user = headers["x-user-id"] ?? "";
        const call = {
          store,
          user,
          id: pathParameters(resource, url.path).id ?? "",
          query: (url.query ?? {}) as Query,
          body: body as Call["body"],
        };
        const reply = handler(call);
        const type = reply.body === undefined ? {} : { "content-type": "application/json" };
        return { _tag: "Right", right: { statusCode: reply.status, headers: type, body: reply.body } };
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

/** A number that Prism has found to be one, and not to be negative where the contract says so; past 2^53 there is nothing to tell apart. */
function integer(query: Query, name: string): number | undefined {
  const text = query[name];
  return text === undefined ? undefined : Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
