import { plain } from "../../format/text.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { NO_LIMIT, speedLabel } from "./speeds.ts";

/** The services of a line that can be switched on and off. */
export const SERVICES = ["data", "voice", "sms"] as const;
export type Service = (typeof SERVICES)[number];

/** The state of a service. Both an object and a list are documented; `undefined` if it cannot be read, or if the list differs. */
export function stateOf(row: Row, service: Service): unknown {
  const { [service]: value } = row;
  const states = (Array.isArray(value) ? value : [value]).map((each) => asRow(each).state);
  return states.every((each) => each === states[0]) ? states[0] : undefined;
}

/** The speed limit of data; `undefined` if it cannot be read. */
export function throttlingOf({ data }: Row): unknown {
  return asRow(Array.isArray(data) ? data[0] : data).active_throttling;
}

/** A service in words: `on`, `off`; for data with its speed limit, which also exists while data is off. */
export function serviceLabel(row: Row, service: Service): string {
  const state = stateOf(row, service);
  const switched = onOrOff(state) ?? (state === undefined ? plain(row[service]) : plain(state));
  const throttling = service === "data" ? throttlingOf(row) : undefined;
  const isShown = throttling !== undefined && !(switched === "off" && throttling === NO_LIMIT);
  return isShown ? `${switched}, ${speedLabel(throttling)}` : switched;
}

/** A state in words; `undefined` for an unknown one. */
export function onOrOff(state: unknown): "on" | "off" | undefined {
  if (state === "ENABLED") return "on";
  return state === "DISABLED" ? "off" : undefined;
}

/** Which wallet is charged. */
export function walletLabel({ wallet_mode: mode }: Row): string {
  const known: Readonly<Record<string, string>> = { GROUP: "the group's", SIM: "the SIM's own" };
  return typeof mode === "string" && Object.hasOwn(known, mode) ? (known[mode] ?? mode) : plain(mode);
}
