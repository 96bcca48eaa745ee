// Bring package templates from a file into an inventory: those of a name that it has already are left alone, so it can be run again.
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
    console.log(`there already: ${template.name}`);
    continue;
  }
  try {
    const { data } = await api.createPackageTemplate(template);
    known?.add(data.name);
    console.log(`created ${data.id}: ${data.name}`);
  } catch (error) {
    if (!EsimError.isInstance(error) || !error.outcomeUnknown) throw error;
    // A template cannot be withdrawn, and two may have one name: run this again, which looks first.
    console.log(`not certain: ${template.name}; run this again`);
  }
}
