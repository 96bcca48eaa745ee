import * as sdk from "@betatelltd/esim-sdk";
import {
  type Configuration,
  EsimApiError,
  OPERATIONS,
  type Operation,
  type OperationId,
} from "@betatelltd/esim-sdk";
import { asIccid } from "../../arguments.ts";
import { asRow, type Row, rowsOf } from "../../listing/row.ts";

/** The results of the reads. */
export interface Reads {
  /** The operations that succeeded. */
  readonly seen: readonly OperationId[];
  /** The others, and why: a server may be older than the document, or have no data. */
  readonly unseen: ReadonlyMap<OperationId, string>;
  /** The error of the package list, which every server has. */
  readonly failure: Error | undefined;
}

/** Rows to read from each list: enough to include most kinds. */
const COUNT = 20;

type Call = (...args: readonly unknown[]) => Promise<{ readonly data: unknown }>;
const CLASSES: Readonly<Record<string, unknown>> = { ...sdk };
const READS = Object.values<Operation>(OPERATIONS).filter(({ isWrite }) => !isWrite);

/** Calls every read operation: the lists, and one object from each. */
export async function readEverything(configuration: Configuration): Promise<Reads> {
  const seen: OperationId[] = [];
  const unseen = new Map<OperationId, string>();
  let failure: Error | undefined;
  const read = async ({ id, tag }: Operation, ...args: readonly unknown[]) => {
    const operation = id as OperationId;
    // Which class and method an operation of the document has, no compiler can know.
    const Api = CLASSES[`${tag}Api`] as new (configuration: Configuration) => Record<OperationId, Call>;
    try {
      const { data } = await new Api(configuration)[operation](...args);
      seen.push(operation);
      return data;
    } catch (error) {
      unseen.set(operation, EsimApiError.isInstance(error) ? `${error.status}` : (error as Error).message);
      if (operation === "getPackages") failure = error as Error;
      return undefined;
    }
  };
  const listed = new Map<string, Row[]>();
  const readWhole = async (operation: Operation) => {
    const { path, rows } = operation;
    const data = await read(operation, ...(rows ? [COUNT] : []));
    if (rows) listed.set(path, rowsIn(data, rows));
  };
  await Promise.all(READS.filter(({ pathParameters }) => pathParameters.length === 0).map(readWhole));
  if (failure) return { seen, unseen, failure };

  const sim = simOf(listed);
  const readOne = async (operation: Operation) => {
    const { id, path, pathParameters } = operation;
    const [parameter = ""] = pathParameters;
    const above = listed.get(path.replace(/\/\{\w+\}$/, ""));
    const value = parameter === "iccid" ? sim : above?.map((row) => row[parameter]).find(isId);
    if (value !== undefined) await read(operation, value);
    else unseen.set(id as OperationId, `no ${parameter === "iccid" ? "SIM" : "row of its list"} to read`);
  };
  await Promise.all(READS.filter(({ pathParameters }) => pathParameters.length > 0).map(readOne));
  return { seen, unseen, failure };
}

/** A SIM that can be sold has everything to read. */
function simOf(listed: ReadonlyMap<string, readonly Row[]>): string | undefined {
  const sims = listed.get("/sim-registries") ?? [];
  const packages = listed.get("/packages") ?? [];
  return [...sims.filter((row) => row.sim_status === "PRE_SERVICE"), ...packages, ...sims]
    .map((row) => row.iccid ?? row.sim)
    .map((each) => (typeof each === "string" ? asIccid(each) : undefined))
    .find((each) => each !== undefined);
}

const isId = (value: unknown) => typeof value === "number" || (typeof value === "string" && value !== "");

function rowsIn(page: unknown, field: string): Row[] {
  return (rowsOf(page, field) ?? []).map(asRow);
}
