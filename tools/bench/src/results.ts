import type { RunDetails } from "@betatelltd/esim-testing/report";
import type { Row } from "./rows.ts";

/** What results.json has of a group. */
interface Result extends RunDetails {
  readonly title: string;
  readonly about: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** Of all groups that were ever run. */
export type Results = Readonly<Record<string, Result>>;
