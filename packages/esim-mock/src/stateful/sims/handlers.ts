import type { Handlers } from "../handler.ts";
import { integer, pageOf } from "../query.ts";
import { toESIM, toESIMPartial } from "./to-wire.ts";

export const SIM_HANDLERS: Handlers<"getESIMs" | "getESIM"> = {
  getESIMs({ store, user, query }) {
    const { count, offset } = pageOf(query);
    const filter = { group: integer(query, "group"), inventory: integer(query, "inventory") };
    const { total, lines } = store.sims.list(user, filter, count, offset);
    return { status: 200, body: { total, count: lines.length, offset, sims: lines.map(toESIMPartial) } };
  },
  getESIM: ({ store, user, path: { iccid = "" } }) => ({
    status: 200,
    body: toESIM(store.accounts.seeded, store.sims.get(user, iccid)),
  }),
};
