import { refuseUser } from "../accounts.ts";
import type { Handlers } from "../handler.ts";
import { integer, pageOf } from "../query.ts";

export const INVENTORY_HANDLERS: Handlers<"getInventories"> = {
  getInventories({ store, query, user }) {
    refuseUser(user);
    const { count, offset } = pageOf(query);
    const company = integer(query, "company");
    const matching = store.accounts.seeded.inventories.filter(
      (each) => company === undefined || each.company === company,
    );
    const inventories = matching.slice(offset, offset + count);
    return {
      status: 200,
      body: { total: matching.length, count: inventories.length, offset, inventories },
    };
  },
};
