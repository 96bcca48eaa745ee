import type { Hints } from "../../hints.ts";

/** What to try after an error of a call about one template. */
export const TEMPLATE_HINTS: Hints = { byStatus: { 404: "find the template with `esim templates list`" } };
