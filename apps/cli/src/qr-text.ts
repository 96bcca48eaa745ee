import { plain } from "./format/text.ts";
import { isAsciiOnly, isTerminal, terminalHeight, terminalWidth } from "./terminal.ts";

/** An activation code, rendered for stdout. */
interface CodeText {
  /** Whole lines. */
  readonly text: string;
  /** Why it is not drawn as a QR code. */
  readonly note?: string;
}

/** Renders an activation code: at a terminal with enough room, as a QR code with the text below; otherwise as text. */
export async function codeText(code: string, isColoured: boolean): Promise<CodeText> {
  const text = `${plain(code)}\n`;
  if (!isTerminal()) return { text };
  if (isAsciiOnly())
    return {
      text,
      note: "cannot draw the QR code: the locale is ASCII only; use --png FILE, or a UTF-8 locale",
    };
  // Loaded only when needed: most commands draw nothing.
  const { drawQr, fitsQr } = await import("./draw-qr.ts");
  if (!fitsQr(code))
    return { text, note: "cannot draw the QR code: the activation code is too long for one" };
  const { lines, width } = drawQr(code, isColoured);
  const [columns, rows] = [terminalWidth(), terminalHeight()];
  // Plus the text, and the shell's prompt.
  const height = lines.length + 2;
  if (width > columns || height > rows)
    return {
      text,
      note: `cannot draw the QR code: it needs ${width} columns and ${height} lines, and the terminal has ${columns} by ${rows}; make it larger, or use --png FILE`,
    };
  return { text: `${lines.join("\n")}\n${text}` };
}
