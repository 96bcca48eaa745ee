import type { Handlers } from "../handler.ts";

export const PCR_PROFILE_HANDLERS: Handlers<"getPCRProfile" | "modifyPCRProfile"> = {
  getPCRProfile: ({ store, user, path: { iccid = "" } }) => ({
    status: 200,
    body: store.sims.get(user, iccid).pcr,
  }),
  modifyPCRProfile({ store, user, path: { iccid = "" }, body }) {
    store.sims.modifyRules(user, iccid, body);
    return { status: 204 };
  },
};
