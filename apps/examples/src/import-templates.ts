// Import package templates from a file into an inventory. Names that already exist are skipped, so it can be run again. The
// file is a JSON array of bodies for createPackageTemplate; `esim templates create --dry-run` prints one.
import { readFile } from "node:fs/promises";
import { type CreatePackageTemplateRequest, EsimError, PCRApi } from "@betatelltd/esim-sdk";

const [file = "templates.json"] = process.argv.slice(2);
const wanted: CreatePackageTemplateRequest[] = JSON.parse(await readFile(file, "utf8"));

const api = new PCRApi();
const names = new Map<number, Set<string>>();
for (const { inventory } of wanted) {
  const known = new Set<string>();
  for await (const { name } of api.iteratePackageTemplates({ inventory })) known.add(name);
  names.set(inventory, known);
}

for (const template of wanted) {
  const known = names.get(template.inventory);
  if (known?.has(template.name)) {
    console.log(`already there: ${template.name}`);
    continue;
  }
  try {
    const { data } = await api.createPackageTemplate(template);
    known?.add(data.name);
    console.log(`created ${data.id}: ${data.name}`);
  } catch (error) {
    if (!EsimError.isInstance(error) || !error.outcomeUnknown) throw error;
    // A template cannot be deleted, and names need not be unique. Running this again checks first.
    console.log(`outcome unknown: ${template.name}; run this again`);
  }
}
