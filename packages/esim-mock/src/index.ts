export type { LogLevel } from "./logger.ts";
export { MockStartError, type MockStartErrorCode } from "./mock-start-error.ts";
export { type Mock, type MockOptions, startMock } from "./start-mock.ts";
