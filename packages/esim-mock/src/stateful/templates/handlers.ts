import type { Handlers } from "../handler.ts";
import { integer, pageOf } from "../query.ts";
import { toCreatedTemplate } from "./to-wire.ts";

export const TEMPLATE_HANDLERS: Handlers<
  "getPackageTemplates" | "getPackageTemplate" | "createPackageTemplate"
> = {
  getPackageTemplates({ store, user, query }) {
    const { count, offset } = pageOf(query);
    const { total, templates } = store.templates.list(user, integer(query, "inventory"), count, offset);
    return { status: 200, body: { total, count: templates.length, offset, package_templates: templates } };
  },
  getPackageTemplate: ({ store, user, path: { id } }) => ({
    status: 200,
    body: store.templates.get(user, Number(id)),
  }),
  createPackageTemplate: ({ store, user, body }) => ({
    status: 201,
    body: toCreatedTemplate(store.templates.create(user, body)),
  }),
};
