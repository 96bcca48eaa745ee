import {
  CreatePackageTemplateRequestActivationTypeEnum as ActivationType,
  type Configuration,
  type GetPCRProfileResponse,
  type OPERATIONS,
  type OperationId,
  type Package,
  PackagesApi,
  type PackageTemplate,
  PCRApi,
  PCRProfileApi,
  CreateTimeAllowanceUnitEnum as Unit,
} from "@betatelltd/esim-sdk";
import { INVENTORY } from "./account.ts";

/** What a worker acts on: a SIM, and its package if it has one. */
export interface Subject {
  /** Different for each. */
  readonly number: number;
  readonly sim: string;
  /** Whether the SIM is not the account's. What is done about it is refused. */
  readonly isForeign: boolean;
  readonly id: string | undefined;
}

/** What the mock has when all is over. */
export interface Books {
  readonly packages: readonly Package[];
  readonly templates: readonly PackageTemplate[];
  /** By their SIMs. */
  readonly profiles: ReadonlyMap<string, GetPCRProfileResponse>;
}

interface Act {
  /** Sends it; nothing where it needs a package that is not there. */
  send(configuration: Configuration, subject: Subject): Promise<unknown> | undefined;
  /** How often it was done, by the books. */
  timesDone(books: Books, subject: Subject): number;
}

type WriteId = {
  [Id in OperationId]: (typeof OPERATIONS)[Id]["isWrite"] extends true ? Id : never;
}[OperationId];
export type ActionId = Exclude<WriteId, "createPackage">;

/** The writes of a SIM's life after the purchase, in their order. A new one of the contract does not compile until it is here. */
export const ACTIONS: Readonly<Record<ActionId, Act>> = {
  modifyPCRProfile: {
    send: (configuration, { sim, number }) =>
      new PCRProfileApi(configuration).modifyPCRProfile(sim, { route_policy: marked(number) }),
    timesDone: ({ profiles }, { sim, number }) => Number(profiles.get(sim)?.route_policy === marked(number)),
  },
  createPackageTemplate: {
    send: (configuration, { sim, isForeign }) =>
      new PCRApi(configuration).createPackageTemplate({
        name: sim,
        supported_countries: ["DEU"],
        activation_type: ActivationType.Manual,
        data_usage_allowance: 1,
        time_allowance: { unit: Unit.Second, duration: 1 },
        activation_time_allowance: 1,
        earliest_available_date: 0,
        latest_available_date: 0,
        inventory: isForeign ? INVENTORY + 1 : INVENTORY,
      }),
    timesDone: ({ templates }, { sim }) => templates.filter(({ name }) => name === sim).length,
  },
  activatePackage: {
    send: (configuration, { id }) => (id ? new PackagesApi(configuration).activatePackage(id) : undefined),
    timesDone: ({ packages }, subject) => Number(Boolean(packageOf(packages, subject)?.activated_date)),
  },
  terminatePackage: {
    send: (configuration, { id }) => (id ? new PackagesApi(configuration).terminatePackage(id) : undefined),
    timesDone: ({ packages }, subject) => Number(Boolean(packageOf(packages, subject)?.terminated_date)),
  },
};

/** A routing policy that no other line has. */
const marked = (number: number) => 1_000_000 + number;

const packageOf = (packages: readonly Package[], subject: Subject) =>
  packages.find(({ id }) => id === subject.id);
