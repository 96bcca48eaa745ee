const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds, from a number of them or from text such as `7d`, `12h`, `30m`, `90s`, `2w`, `250ms`. */
export function toMilliseconds(duration: unknown): number | undefined {
  if (typeof duration === "number")
    return Number.isSafeInteger(duration) && duration >= 0 ? duration : undefined;
  if (typeof duration !== "string") return undefined;
  const [, digits, unit = ""] = /^(\d+)(ms|[smhdw])$/.exec(duration) ?? [];
  const value = Number(digits) * (UNIT_MILLISECONDS[unit] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : undefined;
}
