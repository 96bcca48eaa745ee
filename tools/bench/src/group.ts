import type { Effort } from "./effort.ts";
import type { Row } from "./rows.ts";

/** A question that the bench answers. */
export interface Group {
  /** Names it on the command line, and its plot. */
  readonly id: string;
  readonly title: string;
  /** What the figures mean, and what their ratios are taken to. */
  readonly about: string;
  /** Which metric its plot shows; the others are in the tables alone. */
  readonly plotted: string;
  run(effort: Effort): Promise<Row[]>;
}
