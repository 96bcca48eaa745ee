import type { ClockReading, NetworkReading, SimReading, TrafficReading } from "./control/control.ts";
import type { Fault, FaultSpec } from "./control/faults.ts";
import type { LoggedRequest } from "./control/request-log.ts";
import type { Usage } from "./stateful/packages/packages.ts";
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
  /** What the network does with a package or a SIM of a user's, in a stateful mock. */
  readonly network: {
    /** Uses up bytes, minutes and SMS, down to 0. The first use activates a package of an AUTO template. */
    use(user: string, id: string, usage: Usage): Promise<NetworkReading>;
    suspend(user: string, id: string): Promise<NetworkReading>;
    resume(user: string, id: string): Promise<NetworkReading>;
    /** What a device does with the eUICC profile of a SIM. A download after the first counts down how often it can be reused. */
    profile(user: string, iccid: string, event: ProfileEvent): Promise<SimReading>;
    /**
     * Uses up bytes, minutes and SMS of the package that a SIM has, as a device does whose profile is enabled. The first traffic puts
     * the SIM in service.
     */
    traffic(user: string, iccid: string, usage: Usage): Promise<TrafficReading>;
  };
  /** Orders something to go wrong. */
  fault(spec: FaultSpec): Promise<Fault>;
  /** What is ordered to go wrong. */
  faults(): Promise<readonly Fault[]>;
  /** Takes back one fault, or all. */
  clearFaults(id?: number): Promise<void>;
  /** The last 100 requests, newest first: time, user (empty with an upstream), method, path, status and what was wrong; no other header, and no query. */
  requests(): Promise<readonly LoggedRequest[]>;
  /** Back to the start: no faults, the machine's time, every account as the seed has it. */
  reset(): Promise<void>;
  /** In what the service of `upstream` was seen to depart from the document. Empty without one. */
  drift(): Promise<DriftReport>;
  /** Where it listens, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /** The TCP port. */
  readonly port: number;
  /**
   * Of `startMock`: stops listening, ends every connection, idle or not, and resolves when the port is free. Can be called twice.
   * Of `connectMock`: does nothing, because others may use that mock.
   */
  close(): Promise<void>;
}
