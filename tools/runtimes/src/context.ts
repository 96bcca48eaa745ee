import type { Check } from "./check.ts";
import type { HostileServers } from "./hostile.ts";
import type { Packed } from "./pack.ts";
import type { Columns } from "./table.ts";

/** What every row gets. */
export interface Context {
  /** The folder of the installed toolchain. */
  readonly toolchain: string;
  readonly packed: Packed;
  readonly servers: HostileServers;
  /** The results for the README's table. */
  readonly columns: Columns;
}

/** Tests the client on one kind of platform. */
export type Row = (context: Context) => Promise<readonly Check[]>;
