import { EsimApiError, InventoryApi, PCRApi } from "@betatelltd/esim-sdk";
import { CliError } from "../../cli-error.ts";
import type { Connected } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { entityLabel } from "../../listing/cells.ts";
import { checkAnswer } from "../../listing/check-answer.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { TEMPLATE_HINTS } from "../templates/hints.ts";

/** The states of a template from which no package can be created. */
const NOT_ON_SALE: readonly unknown[] = ["Not Active", "De-activated"];

/**
 * Fetches the template. If the server does not offer templates, as an older one may not, only the ID is returned.
 * @throws CliError if it is not on sale, EsimApiError if it does not exist
 */
export async function templateToSell({ configuration, call }: Connected, id: number): Promise<Row> {
  const api = new PCRApi(configuration);
  const found = await withHints(TEMPLATE_HINTS, api.getPackageTemplate(id, call)).catch(ignoreUnavailable);
  if (!found) return { id };
  const row = checkAnswer(found.data, "template", "id");
  if (NOT_ON_SALE.includes(row.status))
    throw new CliError(
      `template ${entityLabel(row)} is ${plain(row.status)}, and cannot be sold: it must be Active`,
      "find another with `esim templates list`",
      ExitCode.usage,
    );
  return row;
}

/** With more inventories than this, they are not searched. */
const MAX_INVENTORIES = 20;

/**
 * The inventory that a template is for. If the template does not say, it is the account's only inventory, or the only one that lists the
 * template; `undefined` if none or several do.
 */
export async function inventoryOf(connected: Connected, template: Row): Promise<number | undefined> {
  const { inventory } = template;
  const id = typeof inventory === "object" ? asRow(inventory).id : inventory;
  if (typeof id === "number") return id;
  try {
    const all = await inventoryIds(connected);
    if (all.length <= 1) return all[0];
    if (all.length > MAX_INVENTORIES) return undefined;
    const isListed = await Promise.all(all.map((each) => hasTemplate(connected, each, template.id)));
    const found = all.filter((_, at) => isListed[at]);
    return found.length === 1 ? found[0] : undefined;
  } catch (error) {
    if (EsimApiError.isInstance(error) && error.status === 404) return undefined;
    return ignoreUnavailable(error);
  }
}

async function inventoryIds({ configuration, call }: Connected): Promise<number[]> {
  const ids: number[] = [];
  for await (const each of new InventoryApi(configuration).iterateInventories({}, call)) {
    const { id } = asRow(each);
    if (typeof id === "number") ids.push(id);
    if (ids.length > MAX_INVENTORIES) break;
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

/** Ignores that the server lacks an operation, or does not allow it for these keys. @throws any other error */
function ignoreUnavailable(error: unknown): undefined {
  if (EsimApiError.isInstance(error) && [403, 405, 501].includes(error.status)) return undefined;
  throw error;
}
