import { byId, el, setText } from "./dom.js";
import { view } from "./mock.js";

/** The code that is shown. It is fetched once, because that is an API request and appears in the request list. */
let shown = "";

/** Shows the QR code of a SIM from the API; there is none without an activation code. */
export async function showQRCode(iccid, { activation_code: code, state }) {
  const wanted = code && `${view.user} ${iccid} ${code}`;
  byId("activation-code").hidden = !code;
  byId("copy-activation").hidden = !code;
  setText(byId("activation-code"), code);
  if (wanted === shown) return;
  shown = wanted;
  byId("qr-code").replaceChildren();
  setText(byId("qr-said"), code ? "" : `No activation code: the profile is ${state}.`);
  if (!code) return;
  try {
    const source = await readImage(iccid);
    if (shown !== wanted) return;
    byId("qr-code").replaceChildren(
      el("img", { src: source, alt: `QR code of the activation code of ${iccid}` }),
    );
    setText(byId("qr-said"), "Scan it, as a traveller would.");
  } catch (error) {
    if (shown === wanted) setText(byId("qr-said"), `No QR code: ${error.message}`);
  }
}

async function readImage(iccid) {
  const headers = { "x-user-id": view.user, "x-api-key": "any" };
  const response = await fetch(`/euicc-profiles/${iccid}/qrcode`, { headers });
  if (!response.ok) throw new Error((await response.json()).message);
  return toDataUrl(await response.blob());
}

/** The page's policy allows no other source of images. */
function toDataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
