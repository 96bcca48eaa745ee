import { readContract } from "@betatelltd/esim-testing";
import * as client from "the-client";

/** Arguments of a case, by their names on the wire. */
export type Arguments = Readonly<Record<string, unknown>>;

interface Described {
  readonly operationId?: string;
  readonly tags?: readonly [string];
  readonly requestBody?: object;
  readonly parameters?: readonly ({ readonly name: string } | { readonly $ref: string })[];
}

/** For each operation, its class and its method's parameters, in order. */
const OPERATIONS = new Map(
  (Object.values(contract().paths) as Record<string, unknown>[]).flatMap((item) =>
    (Object.values(item) as Described[]).flatMap(({ operationId, tags, parameters = [], requestBody }) => {
      if (!operationId) return [];
      const all = [...((item.parameters ?? []) as NonNullable<Described["parameters"]>), ...parameters];
      const names = all.map((each) => ("$ref" in each ? resolve(each.$ref) : each).name);
      return [[operationId, { class: `${tags?.[0]}Api`, names, hasBody: Boolean(requestBody) }] as const];
    }),
  ),
);

function contract(): { readonly paths: object } {
  return readContract() as unknown as { paths: object };
}

function resolve(ref: string): { readonly name: string } {
  const path = ref.slice(2).split("/");
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], contract()) as never;
}

type Method = (...args: unknown[]) => Promise<{ data: unknown }>;
type Apis = Record<string, new (configuration: client.Configuration) => Record<string, Method>>;

/** The API class that has an operation. @throws where there is none of that name */
export function apiOf(configuration: client.Configuration, operation: string): Record<string, Method> {
  const found = OPERATIONS.get(operation);
  const Api = found && (client as unknown as Apis)[found.class];
  if (!Api) throw new Error(`Nothing calls ${operation}: run pnpm generate, or fix the case.`);
  return new Api(configuration);
}

/** Calls an operation. @throws where there is none of that name */
export function call(
  configuration: client.Configuration,
  operation: string,
  args: Arguments,
  options = {},
): Promise<{ data: unknown }> {
  const api = apiOf(configuration, operation);
  const { names = [], hasBody = false } = OPERATIONS.get(operation) ?? {};
  const rest = Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
  const values = [...names.map((name) => args[name]), ...(hasBody ? [rest] : []), options];
  const { [operation]: method } = api;
  if (!method) throw new Error(`${api.constructor.name} has no ${operation}`);
  return method.apply(api, values);
}
