import { EsimUsageError } from "../errors.ts";
import type { operations } from "../generated/openapi.ts";
import type { OperationId } from "../generated/operations.ts";
import type { CallOptions } from "../options.ts";

type QueryOf<Id extends OperationId> = operations[Id] extends { parameters: { query?: infer Query } }
  ? NonNullable<Query>
  : never;

/**
 * The query of a list operation, with the names used on the wire, from its arguments: either positional or a single object.
 * @param names maps argument names to wire names, in positional order
 * @throws EsimUsageError for an unknown name: ignoring it would list more than was asked for
 */
export function toQuery<Id extends OperationId>(
  operation: Id,
  args: readonly unknown[],
  names: Readonly<Record<string, string>>,
): { query: QueryOf<Id>; options: CallOptions | undefined } {
  const [first] = args;
  const known = Object.keys(names);
  const isObject = typeof first === "object" && first !== null;
  const values = isObject ? Object.entries(first) : known.map((name, at) => [name, args[at]] as const);
  const query: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const wireName = Object.hasOwn(names, name) ? names[name] : undefined;
    if (!wireName)
      throw new EsimUsageError(
        `${operation} has no parameter ${JSON.stringify(name)}; it takes ${known.join(", ")}`,
      );
    query[wireName] = value;
  }
  return {
    query: query as QueryOf<Id>,
    options: args[isObject ? 1 : known.length] as CallOptions | undefined,
  };
}
