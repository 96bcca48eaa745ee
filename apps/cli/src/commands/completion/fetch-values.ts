import { type Configuration, EsimApiError, InventoryApi, PackagesApi, PCRApi } from "@betatelltd/esim-sdk";
import { plain } from "../../format/text.ts";
import { asRow, type Row, rowsOf } from "../../listing/row.ts";
import { templateOf } from "../packages/template-of.ts";
import type { Candidate } from "./candidate.ts";

/** The maximum of one page. */
const COUNT = 1_000;

/** The account's templates. If the server does not list templates, those named in the account's packages. */
export async function templates(configuration: Configuration): Promise<readonly Candidate[]> {
  try {
    const { data } = await new PCRApi(configuration).getPackageTemplates({ count: COUNT });
    return toCandidates((rowsOf(data, "package_templates") ?? []).map(asRow));
  } catch (error) {
    if (!EsimApiError.isInstance(error) || ![403, 404, 405, 501].includes(error.status)) throw error;
    const { data } = await new PackagesApi(configuration).getPackages({ count: COUNT });
    return toCandidates((rowsOf(data, "packages") ?? []).map((each) => templateOf(asRow(each))));
  }
}

/** The account's inventories. */
export async function inventories(configuration: Configuration): Promise<readonly Candidate[]> {
  const { data } = await new InventoryApi(configuration).getInventories({ count: COUNT });
  return toCandidates((rowsOf(data, "inventories") ?? []).map(asRow));
}

/** Each ID once, with its name. */
function toCandidates(rows: readonly Row[]): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { id, name } of rows)
    if (typeof id === "number")
      found.set(`${id}`, { word: `${id}`, meaning: name ? plain(name) : undefined });
  return [...found.values()].sort((a, b) => Number(a.word) - Number(b.word));
}
