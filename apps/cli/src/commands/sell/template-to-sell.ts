import { EsimApiError, InventoryApi, PCRApi } from "@betatelltd/esim-sdk";
import { CliError } from "../../cli-error.ts";
import type { Connected } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { answered } from "../../listing/answered.ts";
import { entityLabel } from "../../listing/cells.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { TEMPLATE_HINTS } from "../templates/hints.ts";

/** The states in which nothing can be made from a template. */
const NOT_ON_OFFER: readonly unknown[] = ["Not Active", "De-activated"];

/**
 * The template, as far as the service shows templates; an older one does not.
 * @throws CliError for one that is not on offer, EsimApiError for one that there is not
 */
export async function templateToSell({ configuration, call }: Connected, id: number): Promise<Row> {
  const api = new PCRApi(configuration);
  const found = await withHints(TEMPLATE_HINTS, api.getPackageTemplate(id, call)).catch(unlessOlder);
  if (!found) return { id };
  const row = answered(found.data, "template", "id");
  if (NOT_ON_OFFER.includes(row.status))
    throw new CliError(
      `template ${entityLabel(row)} is ${plain(row.status)}, and packages are made of one that is Active`,
      "find another with `esim templates list`",
      ExitCode.usage,
    );
  return row;
}

/** More inventories than these are not searched. */
const MOST_INVENTORIES = 20;

/**
 * The inventory that a template is for. Templates need not say it: then it is the only inventory that there is, or the only one that has
 * the template in its list; `undefined` where none or several have.
 */
export async function inventoryOf(connected: Connected, template: Row): Promise<number | undefined> {
  const { inventory } = template;
  const id = typeof inventory === "object" ? asRow(inventory).id : inventory;
  if (typeof id === "number") return id;
  try {
    const all = await inventoryIds(connected);
    if (all.length <= 1) return all[0];
    if (all.length > MOST_INVENTORIES) return undefined;
    const having = await Promise.all(all.map((each) => hasTemplate(connected, each, template.id)));
    const found = all.filter((_, at) => having[at]);
    return found.length === 1 ? found[0] : undefined;
  } catch (error) {
    if (EsimApiError.isInstance(error) && error.status === 404) return undefined;
    return unlessOlder(error);
  }
}

async function inventoryIds({ configuration, call }: Connected): Promise<number[]> {
  const ids: number[] = [];
  for await (const each of new InventoryApi(configuration).iterateInventories({}, call)) {
    const { id } = asRow(each);
    if (typeof id === "number") ids.push(id);
    if (ids.length > MOST_INVENTORIES) break;
  }
  return ids;
}

async function hasTemplate(
  { configuration, call }: Connected,
  inventory: number,
  id: unknown,
): Promise<boolean> {
  for await (const each of new PCRApi(configuration).iteratePackageTemplates({ inventory }, call))
    if (asRow(each).id === id) return true;
  return false;
}

/** What a service answers that does not have this part of the API, or does not show it to these keys. */
function unlessOlder(error: unknown): undefined {
  if (EsimApiError.isInstance(error) && [403, 405, 501].includes(error.status)) return undefined;
  throw error;
}
