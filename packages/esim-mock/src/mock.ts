import type { ClockReading, NetworkReading, SimReading, TrafficReading } from "./control/control.ts";
import type { Fault, FaultSpec } from "./control/faults.ts";
import type { LoggedRequest } from "./control/request-log.ts";
import type { Usage } from "./stateful/packages/usage.ts";
import type { ProfileEvent } from "./stateful/sims/profile-events.ts";
import type { DriftReport } from "./upstream/drift.ts";

/** A mock, in this process or elsewhere. */
export interface Mock {
  /** The clock of a stateful mock. Expiry, windows and dates follow it. */
  readonly clock: {
    read(): Promise<ClockReading>;
    /** Moves it forward by milliseconds, or a text such as `7d`. */
    advance(by: number | string): Promise<ClockReading>;
    /** Moves it forward to a time, in milliseconds since 1970 or as ISO 8601. */
    set(to: number | string): Promise<ClockReading>;
  };
  /** What the network does to a user's package or SIM, in a stateful mock. */
  readonly network: {
    /** Uses up bytes, minutes and SMS, down to 0. The first use activates a package of an AUTO template. */
    use(user: string, id: string, usage: Usage): Promise<NetworkReading>;
    suspend(user: string, id: string): Promise<NetworkReading>;
    resume(user: string, id: string): Promise<NetworkReading>;
    /** What a device does with the eUICC profile of a SIM. Each download after the first uses up one reuse of it. */
    profile(user: string, iccid: string, event: ProfileEvent): Promise<SimReading>;
    /**
     * Uses up bytes, minutes and SMS of the SIM's package, as a device with an enabled profile does. The first traffic puts the SIM
     * in service.
     */
    traffic(user: string, iccid: string, usage: Usage): Promise<TrafficReading>;
  };
  /** Adds a fault: something that goes wrong with matching requests. */
  fault(spec: FaultSpec): Promise<Fault>;
  /** The active faults. */
  faults(): Promise<readonly Fault[]>;
  /** Removes one fault, or all. */
  clearFaults(id?: number): Promise<void>;
  /** The last 100 requests, newest first: time, user (empty with an upstream), method, path, status and problems; no other header, no query. */
  requests(): Promise<readonly LoggedRequest[]>;
  /** Resets the mock: no faults, the machine's time, every account as in the seed. */
  reset(): Promise<void>;
  /** How the service behind `upstream` was seen to depart from the document. Empty without an upstream. */
  drift(): Promise<DriftReport>;
  /** Where it listens, such as `http://127.0.0.1:4010`, without a trailing slash. */
  readonly url: string;
  /** The TCP port. */
  readonly port: number;
  /**
   * For a mock from `startMock`: stops listening, ends every connection, idle or not, and resolves when the port is free. Safe to
   * call twice. For a mock from `connectMock`: does nothing, because others may be using that mock.
   */
  close(): Promise<void>;
}
