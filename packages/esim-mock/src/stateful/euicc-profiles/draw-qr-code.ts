import { PNG } from "pngjs";
import encodeQR from "qr";

/** Light modules around the code, which scanners need. */
const BORDER = 4;
const PIXELS_PER_MODULE = 8;
const GRAYSCALE = 0;

/** A text as a QR code, in PNG. */
export function drawQRCode(text: string): Buffer {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: BORDER, scale: PIXELS_PER_MODULE });
  const side = modules.length;
  const image = new PNG({
    width: side,
    height: side,
    colorType: GRAYSCALE,
    inputColorType: GRAYSCALE,
    inputHasAlpha: false,
  });
  image.data = Buffer.from(modules.flat().map((isDark) => (isDark ? 0 : 255)));
  return PNG.sync.write(image, { colorType: GRAYSCALE, inputColorType: GRAYSCALE, inputHasAlpha: false });
}
