import type { Hints } from "../../hints.ts";

/** Hints for calls about one template. */
export const TEMPLATE_HINTS: Hints = { byStatus: { 404: "find the template with `esim templates list`" } };
