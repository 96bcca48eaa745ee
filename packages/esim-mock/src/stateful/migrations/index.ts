import { ACCOUNTS } from "./1-accounts.ts";
import { INDEXES_AND_TALLIES } from "./2-indexes-and-tallies.ts";
import { CLOCK } from "./3-clock.ts";
import { SHARED_SEED } from "./4-shared-seed.ts";
import { WHOLE_API } from "./5-whole-api.ts";

/** Each migrates version n - 1 to version n. Files of every version exist: append new ones, and never change an old one. */
export const MIGRATIONS: readonly string[] = [ACCOUNTS, INDEXES_AND_TALLIES, CLOCK, SHARED_SEED, WHOLE_API];
