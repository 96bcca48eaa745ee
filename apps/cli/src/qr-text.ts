import { plain } from "./format/text.ts";
import { isAsciiOnly, isTerminal, terminalHeight, terminalWidth } from "./terminal.ts";

/** An activation code as stdout can show it. */
interface CodeText {
  /** Whole lines. */
  readonly text: string;
  /** Why it is not drawn. */
  readonly note?: string;
}

/** An activation code: at a terminal that has room, as a QR code with the text below it; else as text. */
export async function codeText(code: string, isColoured: boolean): Promise<CodeText> {
  const text = `${plain(code)}\n`;
  if (!isTerminal()) return { text };
  if (isAsciiOnly()) return { text, note: "the terminal shows ASCII alone, so the QR code is not drawn" };
  // Loaded when something is drawn: most runs draw nothing.
  const { drawQr, fitsQr } = await import("./draw-qr.ts");
  if (!fitsQr(code)) return { text, note: "the activation code is too long for a QR code" };
  const { lines, width } = drawQr(code, isColoured);
  const [columns, rows] = [terminalWidth(), terminalHeight()];
  // The prompt that follows takes a line too.
  const height = lines.length + 2;
  if (width > columns || height > rows)
    return {
      text,
      note: `no room for the QR code, which takes ${width} columns and ${height} lines: make the terminal larger than ${columns} by ${rows}, or use --png FILE`,
    };
  return { text: `${lines.join("\n")}\n${text}` };
}
