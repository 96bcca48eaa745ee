import packageJson from "../../../package.json" with { type: "json" };
import type { Handlers } from "../handler.ts";

export const STATUS_HANDLERS: Handlers<"getStatus"> = {
  getStatus: ({ store }) => ({
    status: 200,
    body: { status: "ok", version: packageJson.version, uptime: store.uptime() },
  }),
};
