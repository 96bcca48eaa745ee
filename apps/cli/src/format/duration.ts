const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `604800`, `90s`, `30m`, `12h`, `7d` or `2w`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit = "s"] = /^(\d+)([smhdw])?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/**
 * A number of seconds in its largest units, rounded down: `7 d`, `1 d 12 h`, `45 s`. With a single unit, up to two days are given in
 * hours, to lose less precision.
 */
export function formatDuration(seconds: number, maxUnits = 2): string {
  if (maxUnits === 1 && seconds >= 86_400 && seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)} h`;
  let rest = seconds;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"]) {
    const size = SECONDS[unit] ?? 1;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit === "m" ? "min" : unit}`);
  }
  return parts.slice(0, maxUnits).join(" ") || "0 s";
}
