import type { Row } from "./measure.ts";

/** A question that the bench answers. */
export interface Group {
  /** Names it on the command line, and its plot. */
  readonly id: string;
  readonly title: string;
  /** What the figures mean, and what their ratios are taken to. */
  readonly about: string;
  /** Which unit its plot shows; rows in other units are in the table alone. */
  readonly plotted: string;
  run(): Promise<Row[]>;
}
