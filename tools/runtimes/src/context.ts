import type { Check } from "./check.ts";
import type { HostileServers } from "./hostile.ts";
import type { Packed } from "./pack.ts";
import type { Columns } from "./table.ts";

/** What each row has to work with. */
export interface Context {
  /** The folder that the toolchain is installed in. */
  readonly toolchain: string;
  readonly packed: Packed;
  readonly servers: HostileServers;
  /** What the README's table is made from. */
  readonly columns: Columns;
}

/** Tries the client in one kind of place. */
export type Row = (context: Context) => Promise<readonly Check[]>;
