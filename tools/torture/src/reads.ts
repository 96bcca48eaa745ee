import * as sdk from "@betatelltd/esim-sdk";
import { type Configuration, OPERATIONS, type Operation, type OperationId } from "@betatelltd/esim-sdk";

type Call = (...args: readonly unknown[]) => Promise<{ readonly data: unknown }>;
const CLASSES: Readonly<Record<string, unknown>> = { ...sdk };
const all = Object.values<Operation>(OPERATIONS);

/** Every operation of the contract that changes nothing: a new one is here by itself. */
export const reads = all.filter(({ isWrite }) => !isWrite);

/** Sends a read through its class. Where it takes an ID that is no SIM's, that is one of a row in the list a level above. */
export async function read(configuration: Configuration, operation: Operation, sim: string) {
  const [parameter] = operation.pathParameters;
  if (parameter === undefined) return await call(configuration, operation);
  if (parameter === "iccid") return await call(configuration, operation, sim);
  const above = all.find(({ path, rows }) => rows && operation.path === `${path}/{${parameter}}`);
  if (!above) throw new Error(`src/reads.ts finds no list with a row for ${operation.id}`);
  const { data } = await call(configuration, above);
  const [row] = (data as Record<string, Record<string, unknown>[]>)[above.rows as string] ?? [];
  return row && (await call(configuration, operation, row[parameter]));
}

function call(configuration: Configuration, { id, tag }: Operation, ...args: readonly unknown[]) {
  // Which class and method an operation has, no compiler can know.
  const Api = CLASSES[`${tag}Api`] as new (configuration: Configuration) => Record<string, Call>;
  return new Api(configuration)[id as OperationId]?.(...args) as ReturnType<Call>;
}
