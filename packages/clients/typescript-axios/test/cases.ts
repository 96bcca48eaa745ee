import * as client from "the-client";

/** Arguments of a case, by their names on the wire. */
export type Arguments = Readonly<Record<string, unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: a case's arguments are data.
type Data = any;
type Call = (api: client.PackagesApi, args: Data, options: object) => Promise<{ data: unknown }>;

/** Each operation with a case's arguments, in the order in which the method takes them. */
const CALLS: Readonly<Record<string, Call>> = {
  getPackages: (api, { count, offset, inventory, package_template, sim, status }, options) =>
    api.getPackages(count, offset, inventory, package_template, sim, status, options),
  getPackage: (api, { id }, options) => api.getPackage(id, options),
  createPackage: (api, body, options) => api.createPackage(body, options),
  activatePackage: (api, { id }, options) => api.activatePackage(id, options),
  terminatePackage: (api, { id }, options) => api.terminatePackage(id, options),
};

/** Calls an operation. @throws where there is none of that name */
export function call(
  configuration: client.Configuration,
  operation: string,
  args: Arguments,
  options = {},
): Promise<{ data: unknown }> {
  const made = CALLS[operation];
  if (!made) throw new Error(`Nothing calls ${operation}: add it to CALLS in test/cases.ts.`);
  return made(new client.PackagesApi(configuration), args, options);
}
