import { checkNode } from "./check-node.ts";
import type { Mock } from "./mock.ts";
import { MockStartError } from "./mock-start-error.ts";
import type { MockOptions } from "./options.ts";

/**
 * Starts a server that checks requests against the OpenAPI document and answers them from it.
 *
 * @throws MockStartError with code `PORT` if the address cannot be listened on, `DOCUMENT` if the document cannot be
 * read or used, `OPTION` for an invalid option, `STATE` and `SEED` for files that cannot be used, `NODE` if this Node is too old.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const problem = checkNode();
  if (problem) throw new MockStartError("NODE", problem);
  // Imported here because an older Node could not even load it, and `connectMock` does not need it.
  const { runMock } = await import("./run-mock.ts");
  return runMock(options);
}
