const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `604800`, `90s`, `30m`, `12h`, `7d` or `2w`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit = "s"] = /^(\d+)([smhdw])?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/**
 * A number of seconds in its largest units: `7 d`, `1 d 12 h`, `45 s`. What is left over is dropped. With one unit alone, hours go up to
 * two days, so that little is lost.
 * @param most how many units at most
 */
export function formatDuration(seconds: number, most = 2): string {
  if (most === 1 && seconds >= 86_400 && seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)} h`;
  let rest = seconds;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"]) {
    const size = SECONDS[unit] ?? 1;
    const many = Math.floor(rest / size);
    rest -= many * size;
    if (many > 0) parts.push(`${many} ${unit === "m" ? "min" : unit}`);
  }
  return parts.slice(0, most).join(" ") || "0 s";
}
