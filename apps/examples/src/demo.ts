// Starts the mock on a free port and sells an eSIM on it, from the template to the end of the journey, with `esim` and with the SDK.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { Configuration, createPackageOnce, PackagesApi } from "@betatelltd/esim-sdk";

const keys = { ESIM_API_KEY: "demo-api-key", ESIM_USER_ID: "demo-user-id" };
const user = keys.ESIM_USER_ID;
const esimProgram = fileURLToPath(import.meta.resolve("@betatelltd/esim-cli/dist/bin.js"));

const mock = await startMock({ port: 0, stateful: true });

function say(text: string): void {
  console.log(styleText("bold", `\n${text}`));
}

/** Runs the real program in a process of its own, as a person would. `esim check` ends with 7 where data should not work yet. */
async function esim(...args: string[]): Promise<void> {
  console.log(styleText("dim", `$ esim ${args.join(" ")}`));
  const env = { ...process.env, ...keys, ESIM_BASE_URL: mock.url };
  const child = spawn(process.execPath, [esimProgram, ...args], { stdio: "inherit", env });
  const [code] = await once(child, "exit");
  if (code !== 0 && code !== 7) throw new Error(`esim ${args.join(" ")} ended with ${code}`);
}

try {
  say(`The mock is up on ${mock.url}: an eSIM service on this machine, with an account like a reseller's.`);

  say("What is on offer, and which SIM a sale would take:");
  await esim("templates", "list", "--count", "4");
  await esim("sell", "--template", "21145366", "--dry-run");

  say(
    "Sold: one package is bought, whatever the network does. A terminal shows a QR code that a phone can scan, a pipe its text:",
  );
  await esim("sell", "--template", "21145366", "--yes");
  const api = new PackagesApi(
    new Configuration({ apiKey: keys.ESIM_API_KEY, userId: user, basePath: mock.url }),
  );
  const { packages } = (await api.getPackages({ packageTemplate: 21145366, count: 1 })).data;
  const [sold] = packages;
  if (!sold) throw new Error("The package should be there");

  say(
    "The traveller scans the code: the device downloads, installs and enables the profile. They land, and 1.5 GB of maps and photos follow:",
  );
  for (const event of ["download", "install", "enable"] as const)
    await mock.network.profile(user, sold.sim, event);
  await mock.network.traffic(user, sold.sim, { data: 1_610_612_736 });
  await esim("check", sold.sim);
  await esim("packages", "list", "--count", "3");

  say("A phone is lost. Its line is switched off, and on again when it is found:");
  await esim("line", "set", sold.sim, "--data", "off");
  await mock.network.traffic(user, sold.sim, { data: 1_000 }).then(
    () => {
      throw new Error("The network should have refused");
    },
    (error: Error) => console.log(`the network: ${error.message}`),
  );
  await esim("line", "set", sold.sim, "--data", "on");

  say("Home again:");
  await esim("packages", "terminate", sold.sim, "--yes");

  say(
    "And the case that SDKs get wrong, here with `createPackageOnce` of ours: the purchase happens, and its answer is lost.",
  );
  const request = { sim: sold.sim, package_template: 21145366 };
  await mock.fault({ operation: "createPackage", drop: "after", times: 1 });
  const { data, found, attempts } = await createPackageOnce(api, request);
  console.log(`createPackageOnce: attempts: ${attempts}, found: ${found}, ${data.id} ${data.status}`);
  const { total } = (await api.getPackages({ sim: sold.sim, status: "NOT_ACTIVE" })).data;
  console.log(`Packages bought: ${total}.`);
} finally {
  await mock.close();
}
say(
  "Done. The mock is stopped. Run `pnpm mock --stateful` to keep one, and see README.md for what to do with it.",
);
