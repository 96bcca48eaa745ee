export type { ClockReading, NetworkReading } from "./control/control.ts";
export type { Fault, FaultSpec } from "./control/faults.ts";
export type { LoggedRequest } from "./control/request-log.ts";
export type { LogLevel } from "./http/logger.ts";
export { MockStartError, type MockStartErrorCode } from "./mock-start-error.ts";
export { type Mock, type MockOptions, startMock } from "./start-mock.ts";
export type { Usage } from "./stateful/packages/packages.ts";
export type { DriftEntry, DriftReport } from "./upstream/drift.ts";
