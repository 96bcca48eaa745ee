import type { Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { Packages } from "./packages/packages.ts";
import type { Usage } from "./packages/usage.ts";
import type { Line } from "./sims/line.ts";
import { refuseTraffic } from "./sims/refuse-traffic.ts";
import type { Sims } from "./sims/sims.ts";
import type { PackageRow } from "./wire.ts";

/** What a device does on the network, which affects its SIM, profiles and package together. */
export class Network {
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  readonly #sims: Sims;
  readonly #packages: Packages;

  constructor(accounts: Accounts, clock: Clock, sims: Sims, packages: Packages) {
    this.#accounts = accounts;
    this.#clock = clock;
    this.#sims = sims;
    this.#packages = packages;
  }

  /** Uses up the SIM's package. The first traffic puts the SIM in service and activates a package of an AUTO template. */
  traffic(user: string, iccid: string, usage: Usage): { line: Line; row: PackageRow } {
    return this.#accounts.write(user, (account) => {
      const before = this.#sims.find(account, iccid);
      refuseTraffic(before, usage);
      const row = this.#packages.useBySim(account, iccid, usage);
      if (before.sim_status !== "IN_SERVICE") {
        const sim = { sim_status: "IN_SERVICE", modified_date: this.#clock.now() } as const;
        this.#sims.change(account, iccid, { sim });
      }
      return { line: this.#sims.find(account, iccid), row };
    });
  }
}
