import { Refusal } from "../../http/refusal.ts";
import type { Usage } from "../packages/usage.ts";
import type { Line } from "./line.ts";

const SERVICES = ["data", "voice", "sms"] as const;

/** @throws Refusal (400) for a service that is disabled in the SIM's PCR profile */
export function refuseSwitchedOff({ pcr }: Line, usage: Usage): void {
  const off = SERVICES.filter((service) => (usage[service] ?? 0) > 0 && pcr[service].state === "DISABLED");
  if (off.length > 0)
    throw new Refusal(400, `SIM cannot use ${off.join(" and ")}: DISABLED in its PCR profile`);
}

/** @throws Refusal (400) where the SIM, its eUICC profile or its PCR profile does not allow traffic */
export function refuseTraffic(line: Line, usage: Usage): void {
  const { sim_status, profile } = line;
  if (sim_status === "TERMINATED" || sim_status === "WAITING_FOR_ASSIGNMENT")
    throw new Refusal(400, `SIM cannot use the network: it is ${sim_status}`);
  if (profile.state !== "ENABLED")
    throw new Refusal(400, `SIM cannot use the network: its eUICC profile is ${profile.state}, not ENABLED`);
  refuseSwitchedOff(line, usage);
}
