const STEPS = [
  ["s", 1_000, 90_000],
  ["min", 60_000, 5_400_000],
  ["h", 3_600_000, 129_600_000],
  ["d", 86_400_000, Number.POSITIVE_INFINITY],
];

/** A rounded duration: `7 d`. */
export function span(milliseconds) {
  const size = Math.abs(milliseconds);
  const [unit, length] = STEPS.find(([, , below]) => size < below);
  return `${Math.round(size / length)} ${unit}`;
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** Bytes, with 1 GB as 2^30 of them. */
export function bytes(count) {
  let [value, power] = [count, 0];
  // From 1023.95 on, rounding to one decimal would give 1024.
  while (value >= 1023.95 && power < UNITS.length - 1) {
    value /= 1024;
    power += 1;
  }
  return `${Number(value.toFixed(1))} ${UNITS[power]}`;
}

/** Shown for a time that is not set. */
export const NONE = "–";

/** A readable time, in UTC without seconds. */
export function dateTime(milliseconds) {
  if (!milliseconds) return NONE;
  return new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ");
}

export function clockTime(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  });
}

export const STATES = {
  NOT_ACTIVE: "Not active",
  ACTIVE: "Active",
  SUSPENDED: "Suspended",
  TERMINATED: "Terminated",
};

/** A state without a label of its own. */
export const wordOf = (state = "") =>
  STATES[state] ??
  `${state.slice(0, 1)}${state.slice(1).toLowerCase().replaceAll("_", " ")}`.replace(
    "Pre service",
    "Pre-service",
  );

/** A throttling, such as `SPEED_500_KBPS`. */
export function speedOf(throttling = "NO_LIMIT") {
  const [, speed] = /^SPEED_(\d+)_KBPS$/.exec(throttling) ?? [];
  return speed === undefined ? "no speed limit" : `up to ${speed} kbit/s`;
}

/** What happens next to a package, or what happened last. */
export function nextEvent(each, now) {
  const times = {
    NOT_ACTIVE: () =>
      each.window_activation_end < now
        ? `window closed ${span(now - each.window_activation_end)} ago`
        : `can wait ${span(each.window_activation_end - now)}`,
    TERMINATED: () => `ended ${span(now - each.terminated_date)} ago`,
  };
  return times[each.status]?.() ?? `expires in ${span(each.expiry_date - now)}`;
}
