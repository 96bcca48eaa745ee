/**
 * Why a mock did not start. `PORT`: the address cannot be listened on. `DOCUMENT`: the OpenAPI document cannot
 * be read or used. `OPTION`: an option has a value that it cannot have. `STATE`: the file of the state is not one.
 * `SEED`: the seed file is not one. `REPORT`: the report cannot be written. `NODE`: this Node is too old. `CONNECT`: no mock answers
 * at the address given to `connectMock`.
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

/** What `startMock` and `connectMock` throw. The message is one line that says what is wrong and what to do about it. */
export class MockStartError extends Error {
  override readonly name = "MockStartError";
  readonly code: MockStartErrorCode;

  constructor(code: MockStartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
