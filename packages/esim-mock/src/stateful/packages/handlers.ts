import type { Handlers } from "../handler.ts";
import { integer, pageOf } from "../query.ts";
import type { Status } from "../wire.ts";
import { toCreated, toPackage, toPackages } from "./to-wire.ts";

/** How many packages a page holds by default. */
const USUAL_ROWS = 20;

export const PACKAGE_HANDLERS: Handlers<
  "getPackages" | "getPackage" | "createPackage" | "activatePackage" | "terminatePackage"
> = {
  getPackages({ store, user, query }) {
    const { count, offset } = pageOf(query, USUAL_ROWS);
    const filter = {
      inventory: integer(query, "inventory"),
      template: integer(query, "package_template"),
      sim: query.sim,
      status: query.status as Status | undefined,
    };
    const body = store.packages.page(user, filter, count, offset, ({ total, rows }) => ({
      total,
      count: rows.length,
      offset,
      packages: toPackages(store, rows),
    }));
    return { status: 200, body };
  },
  getPackage: ({ store, user, path: { id = "" } }) => ({
    status: 200,
    body: toPackage(store, store.packages.get(user, id)),
  }),
  createPackage({ store, user, body }) {
    const row = store.packages.create(user, body.sim, body.package_template, body.time_allowance);
    return { status: 201, body: toCreated(store, row) };
  },
  activatePackage({ store, user, path: { id = "" } }) {
    store.packages.activate(user, id);
    return { status: 204 };
  },
  terminatePackage({ store, user, path: { id = "" } }) {
    store.packages.terminate(user, id);
    return { status: 204 };
  },
};
