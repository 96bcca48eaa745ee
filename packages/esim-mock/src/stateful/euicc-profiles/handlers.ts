import { Refusal } from "../../http/refusal.ts";
import type { Handlers } from "../handler.ts";
import { drawQRCode } from "./draw-qr-code.ts";

export const EUICC_PROFILE_HANDLERS: Handlers<"getEUICCProfile" | "getQRCode"> = {
  getEUICCProfile: ({ store, user, path: { iccid = "" } }) => ({
    status: 200,
    body: store.sims.get(user, iccid).profile,
  }),
  getQRCode({ store, user, path: { iccid = "" } }) {
    const { activation_code, state } = store.sims.get(user, iccid).profile;
    if (activation_code === "")
      throw new Refusal(404, `SIM has no activation code: its eUICC profile is ${state}`);
    return { status: 200, type: "image/png", body: drawQRCode(activation_code) };
  },
};
