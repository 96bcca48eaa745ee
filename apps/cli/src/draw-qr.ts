import encodeQr from "qr";

/** The light modules around a code, without which many phones do not find it. */
const MARGIN = 4;

/** A drawn QR code. */
export interface DrawnCode {
  readonly lines: readonly string[];
  /** Columns of the terminal. */
  readonly width: number;
}

/** Bytes that the largest QR code holds, with the fewest errors that it can bear. */
const MOST_BYTES = 2_953;

/** Whether a text is short enough to be drawn. */
export function fitsQr(text: string): boolean {
  return Buffer.byteLength(text) <= MOST_BYTES;
}

/**
 * Draws a QR code with half blocks, two rows of modules to a line. Cameras expect dark modules on a light ground: with colour that is
 * written so; without, a light module is drawn in the foreground's colour, as that is the lighter one of most terminals.
 */
export function drawQr(text: string, isColoured: boolean): DrawnCode {
  // A screen is not scratched: a smaller code fits more terminals than one that bears more errors.
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

/** By which modules are dark: none, the lower, the upper, both. */
const DARK_INK = [" ", "▄", "▀", "█"];
const LIGHT_INK = ["█", "▀", "▄", " "];

/** Of 256 colours: what 16 names mean, themes change. */
const BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
const RESET = "\u001b[0m";
