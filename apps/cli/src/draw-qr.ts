import encodeQr from "qr";

/** The quiet zone in modules; many phones do not find a code without it. */
const MARGIN = 4;

/** A QR code drawn as text. */
export interface DrawnCode {
  readonly lines: readonly string[];
  /** In terminal columns. */
  readonly width: number;
}

/** The capacity of the largest QR code at the lowest error correction level. */
const MAX_BYTES = 2_953;

/** Whether a text fits a QR code. */
export function fitsQr(text: string): boolean {
  return Buffer.byteLength(text) <= MAX_BYTES;
}

/**
 * Draws a QR code with half blocks, two rows of modules per line. Cameras expect dark modules on a light background. With colour the
 * code is drawn that way; without, light modules take the foreground colour, which is the lighter one on most terminals.
 */
export function drawQr(text: string, isColoured: boolean): DrawnCode {
  // A screen does not get scratched, and low error correction makes a smaller code, which fits more terminals.
  const modules = encodeQr(text, "raw", { ecc: "low", border: MARGIN });
  const size = modules.length;
  const isDark = (row: number, column: number) => modules[row]?.[column] === true;
  const blocks = isColoured ? DARK_INK : LIGHT_INK;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = "";
    for (let column = 0; column < size; column++)
      line += blocks[(isDark(row, column) ? 2 : 0) + (isDark(row + 1, column) ? 1 : 0)];
    lines.push(isColoured ? `${BLACK_ON_WHITE}${line}${RESET}` : line);
  }
  return { lines, width: size };
}

/** Indexed by which modules are dark: none, the lower, the upper, both. */
const DARK_INK = [" ", "▄", "▀", "█"];
const LIGHT_INK = ["█", "▀", "▄", " "];

/** From the 256-colour palette, because themes redefine the 16 named colours. */
const BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
const RESET = "\u001b[0m";
