import type { Seeded } from "../seeded.ts";
import type { ESIM, ESIMPartial } from "../wire.ts";
import type { Line } from "./line.ts";

/** A SIM as `getESIMs` returns it, with IDs for what it belongs to. */
export function toESIMPartial(line: Line): ESIMPartial {
  return {
    iccid: line.iccid,
    sim_status: line.sim_status,
    ...(line.group !== undefined && { group: line.group }),
    inventory: line.inventory,
    company: line.company,
    created_date: line.created_date,
    modified_date: line.modified_date,
    imsis: line.imsis,
    mapped_imsi: line.mapped_imsi,
  };
}

/** A SIM as `getESIM` returns it, with names for what it belongs to. */
export function toESIM(seeded: Seeded, line: Line): ESIM {
  return {
    iccid: line.iccid,
    sim_status: line.sim_status,
    ...(line.group !== undefined && { group: { id: line.group, name: seeded.nameOfGroup(line.group) } }),
    inventory: { id: line.inventory, name: seeded.nameOfInventory(line.inventory) },
    company: { id: line.company, name: seeded.nameOfCompany(line.company) },
    provisioned_date: line.provisioned_date,
    terminated_date: line.terminated_date,
    imsis: line.imsis,
    mapped_imsi: line.mapped_imsi,
  };
}
