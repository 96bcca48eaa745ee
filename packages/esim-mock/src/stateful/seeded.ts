import { COMPANY, FIRST_DAY, FIRST_IMSI, ROOT_INVENTORY } from "./built-in-sims.ts";
import type { Seed, SeedSim } from "./seed.ts";
import { profileOf } from "./seeded-profile.ts";
import type { Line } from "./sims/line.ts";
import type {
  ESIMPartial,
  EUICCProfile,
  Inventory,
  NamedEntity,
  PackageTemplate,
  PCRProfile,
  ProfileState,
  Sim,
  SimStatus,
  Wallet,
} from "./wire.ts";

const FIRST_SIM_WALLET = 99_700_000;

/** The profile of a SIM for which the seed has none. */
const USUAL_PROFILE: Readonly<Record<SimStatus, ProfileState>> = {
  WAITING_FOR_ASSIGNMENT: "AVAILABLE",
  PRE_SERVICE: "RELEASED",
  IN_SERVICE: "ENABLED",
  TERMINATED: "DELETED",
};

const SELLABLE: readonly SimStatus[] = ["PRE_SERVICE", "IN_SERVICE"];

/** Which SIMs to list; undefined fields do not filter. */
export interface SimFilter {
  readonly group?: number | undefined;
  readonly inventory?: number | undefined;
}

/**
 * The seed's resources, with defaults for what it leaves out. Immutable, and the same for all accounts. Lists are newest first.
 */
export class Seeded {
  readonly sims = new Map<string, Sim>();
  readonly templates = new Map<number, PackageTemplate>();
  readonly inventories: readonly Inventory[];
  /** The highest template ID; those of accounts continue from it. */
  readonly lastTemplate: number;
  readonly seed: Seed;
  readonly #inventories: ReadonlyMap<number, Inventory>;
  readonly #inventoryOfTemplate = new Map<number, number>();
  readonly #places = new Map<string, number>();
  readonly #used: ReadonlySet<string>;
  readonly #profiles: ReadonlyMap<string, Partial<EUICCProfile>>;
  readonly #rules: ReadonlyMap<string, PCRProfile>;
  readonly #groups: ReadonlyMap<number, string>;
  readonly #companies: ReadonlyMap<number, string>;
  #listed: Map<string, string[]> | undefined;
  #listedTemplates: Map<number | undefined, PackageTemplate[]> | undefined;

  constructor(seed: Seed) {
    this.seed = seed;
    const { inventories = inventoriesOf(seed), euicc_profiles = [], pcr_profiles = [] } = seed;
    this.inventories = newestFirst(inventories, ({ created_date }) => created_date);
    this.#inventories = new Map(inventories.map((each) => [each.id, each]));
    this.#profiles = new Map(euicc_profiles.map((each) => [each.iccid, each]));
    this.#rules = new Map(pcr_profiles.map((each) => [each.sim ?? "", each]));
    this.#groups = names(seed.groups ?? []);
    this.#companies = names(seed.companies ?? [COMPANY]);
    this.#used = new Set(seed.packages.filter(({ status }) => status !== "NOT_ACTIVE").map(({ sim }) => sim));
    for (const { inventory = inventories[0]?.id ?? ROOT_INVENTORY, ...template } of seed.templates) {
      this.templates.set(template.id, template);
      this.#inventoryOfTemplate.set(template.id, inventory);
    }
    this.lastTemplate = seed.templates.reduce((last, { id }) => Math.max(last, id), 0);
    for (const [place, sim] of seed.sims.entries()) {
      this.sims.set(sim.iccid, sim);
      this.#places.set(sim.iccid, place);
    }
  }

  hasInventory(id: number): boolean {
    return this.#inventories.has(id);
  }

  /** Whether an inventory is the other one, or inside it at any depth. */
  isWithin(inventory: number, outer: number): boolean {
    // 0 means no parent; a seed with circular inventories is refused.
    for (let id = inventory; id !== 0; id = this.#inventories.get(id)?.parent_inventory ?? 0)
      if (id === outer) return true;
    return false;
  }

  inventoryOfTemplate(id: number): number | undefined {
    return this.#inventoryOfTemplate.get(id);
  }

  nameOfGroup(id: number): string {
    return this.#groups.get(id) ?? `Group ${id}`;
  }

  nameOfCompany(id: number): string {
    return this.#companies.get(id) ?? `Company ${id}`;
  }

  nameOfInventory(id: number): string {
    return this.#inventories.get(id)?.name ?? `Inventory ${id}`;
  }

  /** The templates for an inventory, or all. */
  templatesOf(inventory?: number): readonly PackageTemplate[] {
    this.#listedTemplates ??= this.#listTemplates();
    return this.#listedTemplates.get(inventory) ?? [];
  }

  /** The ICCIDs of the SIMs that match. */
  iccidsOf(filter: SimFilter): readonly string[] {
    this.#listed ??= this.#listSims();
    return this.#listed.get(keyOf(filter)) ?? [];
  }

  isSellable(sim: SeedSim): boolean {
    return SELLABLE.includes(this.#statusOf(sim));
  }

  /** A SIM with its profiles, as seeded. */
  line(iccid: string): Line | undefined {
    const place = this.#places.get(iccid);
    const sim = place === undefined ? undefined : this.seed.sims[place];
    if (!sim || place === undefined) return undefined;
    const status = this.#statusOf(sim);
    const created = createdDateOf(sim);
    const imsis = sim.imsis ?? [{ sponsor_id: 200, imsi: FIRST_IMSI + place }];
    const inventory = this.#inventories.get(sim.inventory);
    const modified = sim.modified_date ?? created;
    const rest = {
      iccid,
      inventory: sim.inventory,
      group: sim.group,
      company: sim.company ?? inventory?.company ?? COMPANY.id,
      sim_status: status,
      created_date: created,
      modified_date: modified,
      provisioned_date: sim.provisioned_date ?? (status === "WAITING_FOR_ASSIGNMENT" ? 0 : created),
      terminated_date: sim.terminated_date ?? (status === "TERMINATED" ? modified : 0),
      imsis,
      mapped_imsi: sim.mapped_imsi ?? imsis[0]?.imsi ?? 0,
    };
    const named = this.#profiles.get(iccid);
    const origin = { iccid, imsi: rest.mapped_imsi, created, modified };
    return {
      ...rest,
      profile: { ...profileOf(origin, named?.state ?? USUAL_PROFILE[status]), ...named },
      pcr: { ...usualRules(rest, inventory, place), ...this.#rules.get(iccid) },
    };
  }

  #statusOf({ iccid, sim_status }: SeedSim): SimStatus {
    return sim_status ?? (this.#used.has(iccid) ? "IN_SERVICE" : "PRE_SERVICE");
  }

  #listTemplates(): Map<number | undefined, PackageTemplate[]> {
    const listed = new Map<number | undefined, PackageTemplate[]>();
    for (const template of newestFirst([...this.templates.values()], ({ created_date }) => created_date)) {
      add(listed, undefined, template);
      add(listed, this.#inventoryOfTemplate.get(template.id), template);
    }
    return listed;
  }

  #listSims(): Map<string, string[]> {
    const listed = new Map<string, string[]>();
    for (const { iccid, group, inventory } of newestFirst(this.seed.sims, createdDateOf)) {
      add(listed, keyOf({}), iccid);
      add(listed, keyOf({ inventory }), iccid);
      if (group === undefined) continue;
      add(listed, keyOf({ group }), iccid);
      add(listed, keyOf({ group, inventory }), iccid);
    }
    return listed;
  }
}

function createdDateOf({ created_date = FIRST_DAY }: Pick<Partial<ESIMPartial>, "created_date">): number {
  return created_date;
}

/** Among those with the same time, the later one in the seed is newer. */
function newestFirst<Row>(rows: readonly Row[], created: (row: Row) => number): Row[] {
  return [...rows].reverse().sort((one, other) => created(other) - created(one));
}

function add<Key, Row>(lists: Map<Key, Row[]>, key: Key, row: Row): void {
  const list = lists.get(key);
  if (list) list.push(row);
  else lists.set(key, [row]);
}

function keyOf({ group, inventory }: SimFilter): string {
  return `${group ?? "any"} ${inventory ?? "any"}`;
}

function names(entities: readonly NamedEntity[]): Map<number, string> {
  return new Map(entities.map(({ id, name }) => [id, name]));
}

/**
 * The inventories of a seed without `inventories`: those that its SIMs and templates name, all inside the first, so that a template
 * without an inventory is for all.
 */
function inventoriesOf({ sims, templates }: Seed): Inventory[] {
  const named = [...sims, ...templates].flatMap(({ inventory }) => inventory ?? []);
  const ids = new Set([ROOT_INVENTORY, ...named]);
  return [...ids].map((id) => ({
    id,
    name: `Inventory ${id}`,
    created_date: FIRST_DAY,
    modified_date: FIRST_DAY,
    company: COMPANY.id,
    status: "ACTIVE",
    parent_inventory: id === ROOT_INVENTORY ? 0 : ROOT_INVENTORY,
  }));
}

/** Everything is enabled, and charged to the SIM's group or, without one, to the SIM. */
function usualRules(
  { iccid, group, inventory }: Pick<Line, "iccid" | "group" | "inventory">,
  stock: Inventory | undefined,
  place: number,
): PCRProfile {
  const wallets: Wallet[] = [
    ...(group === undefined ? [] : [wallet(group, "GROUP", { group }, 250.5)]),
    ...(stock?.wallet === undefined ? [] : [wallet(stock.wallet, "INVENTORY", { inventory }, 1_820.75)]),
    wallet(FIRST_SIM_WALLET + place, "SIM", { sim: iccid }, 0),
  ];
  return {
    sim: iccid,
    data: { state: "ENABLED", active_throttling: "NO_LIMIT" },
    voice: { state: "ENABLED" },
    sms: { state: "ENABLED" },
    wallet_mode: group === undefined ? "SIM" : "GROUP",
    wallets,
    route_policy: 1,
  };
}

function wallet(
  id: number,
  wallet_type: Wallet["wallet_type"],
  owner: Wallet["owner"],
  balance: number,
): Wallet {
  return { id, owner, balance, overdraft: 0, wallet_type };
}
