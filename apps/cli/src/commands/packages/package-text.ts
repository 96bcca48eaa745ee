import type { GlobalOptions } from "../../global-options.ts";
import { detailsText } from "../../listing/details.ts";
import { PACKAGE_FIELDS } from "./details.ts";

/** Formats a package as the options say. */
export function packageText(data: unknown, options: GlobalOptions): string {
  return detailsText(data, PACKAGE_FIELDS, "id", options);
}
