// Sell an eSIM: find a template and a free SIM, buy exactly once, and save the QR code for the traveller.
import { writeFile } from "node:fs/promises";
import {
  ConflictError,
  createPackageOnce,
  ESIMRSPApi,
  InventoryApi,
  PackagesApi,
  PCRApi,
} from "@betatelltd/esim-sdk";

const [inventories, profiles] = [new InventoryApi(), new ESIMRSPApi()];
const inventory = Number(process.argv[2] ?? 51952);

const { data: offers } = await new PCRApi().getPackageTemplates({ inventory });
const template = offers.package_templates.find(({ status }) => status === "Active");
if (!template) throw new Error(`inventory ${inventory} has nothing on offer`);

for await (const { iccid, sim_status } of inventories.iterateESIMs({ inventory })) {
  if (sim_status !== "PRE_SERVICE") continue;
  const { data: profile } = await profiles.getEUICCProfile(iccid);
  if (profile.state !== "RELEASED" || !profile.activation_code) continue;
  try {
    // The code first: after the purchase nothing can fail that would make you sell another SIM.
    await writeFile(`${iccid}.png`, (await profiles.getQRCode(iccid)).data);
    const request = { sim: iccid, package_template: template.id };
    const { data } = await createPackageOnce(new PackagesApi(), request);
    console.log(`sold ${template.name} as ${data.id}: the traveller scans ${iccid}.png`);
    break;
  } catch (error) {
    // SIMs cannot be reserved: another sale took this one, so try the next.
    if (!(error instanceof ConflictError)) throw error;
  }
}
