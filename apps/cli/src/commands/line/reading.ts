import { plain } from "../../format/text.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { NO_LIMIT, speedLabel } from "./speeds.ts";

/** The services of a line that can be switched. */
export const SERVICES = ["data", "voice", "sms"] as const;
export type Service = (typeof SERVICES)[number];

/** The state of a service. One object is documented, and a list of them too; `undefined` where it cannot be read, or they differ. */
export function stateOf(row: Row, service: Service): unknown {
  const { [service]: value } = row;
  const states = (Array.isArray(value) ? value : [value]).map((each) => asRow(each).state);
  return states.every((each) => each === states[0]) ? states[0] : undefined;
}

/** The highest speed of data; `undefined` where it cannot be read. */
export function throttlingOf({ data }: Row): unknown {
  return asRow(Array.isArray(data) ? data[0] : data).active_throttling;
}

/** A service in words: `on`, `off`; of data with its speed, which it has while it is off too. */
export function serviceLabel(row: Row, service: Service): string {
  const state = stateOf(row, service);
  const switched = onOrOff(state) ?? (state === undefined ? plain(row[service]) : plain(state));
  const throttling = service === "data" ? throttlingOf(row) : undefined;
  const isSaid = throttling !== undefined && !(switched === "off" && throttling === NO_LIMIT);
  return isSaid ? `${switched}, ${speedLabel(throttling)}` : switched;
}

/** A state as a person says it; `undefined` for one that we do not know. */
export function onOrOff(state: unknown): "on" | "off" | undefined {
  if (state === "ENABLED") return "on";
  return state === "DISABLED" ? "off" : undefined;
}

/** Whose wallet use is charged to. */
export function walletLabel({ wallet_mode: mode }: Row): string {
  const known: Readonly<Record<string, string>> = { GROUP: "of the group", SIM: "of the SIM" };
  return typeof mode === "string" && Object.hasOwn(known, mode) ? (known[mode] ?? mode) : plain(mode);
}
