import { figure } from "./figure.ts";
import type { Group } from "./group.ts";
import type { Row } from "./rows.ts";
import { load } from "./toolchain.ts";

/** What is used of vega and vega-lite. */
interface Vega {
  readonly Error: number;
  logger(level: number): unknown;
  parse(spec: unknown): unknown;
  View: new (runtime: unknown, options: object) => { toSVG(): Promise<string> };
}
interface VegaLite {
  compile(spec: object, options: { logger: unknown }): { spec: unknown };
}

/** Grey that can be read on white and on black, as a README is shown on either. */
const INK = "#7d8590";
const OWN = "#2f81f7";
const SPREAD = "#d29922";

/** Draws the rows of a group's metric: a bar for each median, a line from the least to the most, a panel for each scenario. */
export async function plot({ title, plotted }: Group, rows: readonly Row[]): Promise<string> {
  const shown = rows.filter(({ metric }) => metric === plotted);
  const values = shown.map(({ scenario, subject, unit, sample, ratio }) => ({
    scenario,
    subject,
    ...sample,
    own: /esim|PackagesApi|iteratePackages|createEsimClient/.test(subject),
    text: `${figure(sample.median)} ${unit}${ratio ? `  ${ratio.median.toFixed(2)} ×` : ""}`,
  }));
  const bySubject = { field: "subject", type: "nominal", title: null, sort: null } as const;
  const spec = {
    title: { text: title, anchor: "start", color: INK },
    background: "transparent",
    data: { values },
    config: {
      view: { stroke: null },
      axis: {
        labelColor: INK,
        titleColor: INK,
        domainColor: INK,
        tickColor: INK,
        gridColor: `${INK}33`,
        labelLimit: 400,
      },
      font: "system-ui, sans-serif",
    },
    facet: {
      field: "scenario",
      sort: [...new Set(values.map(({ scenario }) => scenario))],
      title: null,
      header: { labelAnchor: "start", labelColor: INK, labelFontWeight: "bold" },
    },
    columns: 2,
    resolve: { scale: { x: "independent", y: "independent" } },
    spec: {
      width: 250,
      height: { step: 19 },
      layer: [
        {
          mark: { type: "bar", height: 13 },
          encoding: {
            y: bySubject,
            x: { field: "median", type: "quantitative", title: null, axis: { tickCount: 5 } },
            color: {
              field: "own",
              type: "nominal",
              legend: null,
              scale: { domain: [true, false], range: [OWN, INK] },
            },
          },
        },
        {
          mark: { type: "rule", color: SPREAD, strokeWidth: 2 },
          encoding: { y: bySubject, x: { field: "min", type: "quantitative" }, x2: { field: "max" } },
        },
        {
          mark: { type: "text", align: "left", dx: 6, color: INK },
          encoding: { y: bySubject, x: { field: "max", type: "quantitative" }, text: { field: "text" } },
        },
      ],
    },
  };
  const { Error: errorsOnly, logger, parse, View } = await load<Vega>("vega");
  const { compile } = await load<VegaLite>("vega-lite");
  // It warns that panels of different scales may come out in different sizes.
  return new View(parse(compile(spec, { logger: logger(errorsOnly) }).spec), { renderer: "none" }).toSVG();
}
