/** Rows as a Markdown table, the first one its heading, laid out as a formatter would: names to the left, figures to the right. */
export function markdownTable([header = [], ...lines]: readonly (readonly (string | number)[])[]): string {
  const text = [header, ...lines].map((line) =>
    line.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)),
  );
  const widths = header.map((_, at) => Math.max(3, ...text.map((line) => line[at]?.length ?? 0)));
  const row = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? "").padEnd(width) : (cells[at] ?? "").padStart(width))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [heading = [], ...body] = text;
  return [heading, rule, ...body].map(row).join("\n");
}
