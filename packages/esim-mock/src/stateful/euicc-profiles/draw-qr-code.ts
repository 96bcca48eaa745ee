import { createRequire } from "node:module";

// Loaded on first use, so as not to delay the start.
const require = createRequire(import.meta.url);

/** Light modules around the code, which scanners need. */
const BORDER = 4;
const PIXELS_PER_MODULE = 8;

const GRAYSCALE = { colorType: 0, inputColorType: 0, inputHasAlpha: false } as const;
const BLACK = 0;
const WHITE = 255;

/** Text as a QR code, in PNG. */
export function drawQRCode(text: string): Buffer {
  const { default: encodeQR } = require("qr") as typeof import("qr");
  const { PNG } = require("pngjs") as typeof import("pngjs");
  const modules = encodeQR(text, "raw", { ecc: "medium", border: BORDER, scale: PIXELS_PER_MODULE });
  const image = new PNG({ width: modules.length, height: modules.length, ...GRAYSCALE });
  image.data = Buffer.from(modules.flat().map((isDark) => (isDark ? BLACK : WHITE)));
  return PNG.sync.write(image, GRAYSCALE);
}
