const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `604800`, `90s`, `30m`, `12h`, `7d` or `2w`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit = "s"] = /^(\d+)([smhdw])?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** A number of seconds in at most two units: `7 d`, `1 d 12 h`, `45 s`. */
export function formatDuration(seconds: number): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"]) {
    const size = SECONDS[unit] ?? 1;
    const many = Math.floor(rest / size);
    rest -= many * size;
    if (many > 0) parts.push(`${many} ${unit === "m" ? "min" : unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}
