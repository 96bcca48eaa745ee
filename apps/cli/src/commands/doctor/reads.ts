import {
  type Configuration,
  CoreApi,
  ESIMRSPApi,
  EsimApiError,
  InventoryApi,
  type OperationId,
  PackagesApi,
  PCRApi,
  PCRProfileApi,
  SystemApi,
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

/** Calls every read operation: the lists, and one object from each. */
export async function readEverything(configuration: Configuration): Promise<Reads> {
  const inventory = new InventoryApi(configuration);
  const packages = new PackagesApi(configuration);
  const pcr = new PCRApi(configuration);
  const rsp = new ESIMRSPApi(configuration);
  const seen: OperationId[] = [];
  const unseen = new Map<OperationId, string>();
  let failure: Error | undefined;
  const read = async (operation: OperationId, call: Promise<{ readonly data: unknown }>) => {
    try {
      const { data } = await call;
      seen.push(operation);
      return data;
    } catch (error) {
      unseen.set(operation, EsimApiError.isInstance(error) ? `${error.status}` : (error as Error).message);
      if (operation === "getPackages") failure = error as Error;
      return undefined;
    }
  };
  const [somePackages, sims, templates] = await Promise.all([
    read("getPackages", packages.getPackages(COUNT)),
    read("getESIMs", inventory.getESIMs(COUNT)),
    read("getPackageTemplates", pcr.getPackageTemplates(COUNT)),
    read("getInventories", inventory.getInventories(COUNT)),
    read("getCountries", new CoreApi(configuration).getCountries(COUNT)),
    read("getStatus", new SystemApi(configuration).getStatus()),
  ]);
  if (failure) return { seen, unseen, failure };
  const one = rowsIn(somePackages, "packages").find(({ id }) => typeof id === "string" && id !== "");
  const template = rowsIn(templates, "package_templates").find(({ id }) => typeof id === "number");
  const listed = rowsIn(sims, "sims");
  // Prefers a SIM that can be sold, because it has a profile and a QR code.
  const sim = [
    ...listed.filter((row) => row.sim_status === "PRE_SERVICE"),
    ...rowsIn(somePackages, "packages"),
    ...listed,
  ]
    .map((row) => row.iccid ?? row.sim)
    .map((each) => (typeof each === "string" ? asIccid(each) : undefined))
    .find((each) => each !== undefined);
  const about = async <Id>(
    id: Id | undefined,
    what: string,
    calls: Partial<Record<OperationId, (id: Id) => Promise<{ readonly data: unknown }>>>,
  ) => {
    const all = Object.entries(calls) as [OperationId, (id: Id) => Promise<{ readonly data: unknown }>][];
    if (id === undefined) for (const [operation] of all) unseen.set(operation, `no ${what} to read`);
    else await Promise.all(all.map(([operation, call]) => read(operation, call(id))));
  };
  await Promise.all([
    about(one?.id as string | undefined, "package", { getPackage: (id) => packages.getPackage(id) }),
    about(template?.id as number | undefined, "template", {
      getPackageTemplate: (id) => pcr.getPackageTemplate(id),
    }),
    about(sim, "SIM", {
      getESIM: (iccid) => inventory.getESIM(iccid),
      getPCRProfile: (iccid) => new PCRProfileApi(configuration).getPCRProfile(iccid),
      getEUICCProfile: (iccid) => rsp.getEUICCProfile(iccid),
      getQRCode: (iccid) => rsp.getQRCode(iccid),
    }),
  ]);
  return { seen, unseen, failure };
}

function rowsIn(page: unknown, field: string): Row[] {
  return (rowsOf(page, field) ?? []).map(asRow);
}
