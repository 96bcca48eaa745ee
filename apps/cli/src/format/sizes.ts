const UNITS = ["", "k", "m", "g", "t"];

/** Bytes of `5GB`, `1.5 GB`, `500mb` or `1048576`; `undefined` for anything else. 1 GB is 1073741824 bytes. */
export function parseBytes(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(digits) * 1024 ** UNITS.indexOf(unit.toLowerCase());
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
