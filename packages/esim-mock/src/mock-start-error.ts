/**
 * Why a mock did not start. `PORT`: the address cannot be listened on. `DOCUMENT`: the OpenAPI document cannot be read or used.
 * `OPTION`: an option has an invalid value. `STATE`: the state file cannot be used. `SEED`: the seed file cannot be used.
 * `REPORT`: the report cannot be written. `NODE`: this Node is too old. `CONNECT`: no mock answers at the address given to
 * `connectMock`.
 */
export type MockStartErrorCode =
  | "PORT"
  | "DOCUMENT"
  | "OPTION"
  | "STATE"
  | "SEED"
  | "REPORT"
  | "NODE"
  | "CONNECT";

/** What `startMock` and `connectMock` throw. The message is one line that says what is wrong and how to fix it. */
export class MockStartError extends Error {
  override readonly name = "MockStartError";
  readonly code: MockStartErrorCode;

  constructor(code: MockStartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
