// Starts the mock on a free port and follows one eSIM from sale to termination, with `esim` and with the SDK.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { Configuration, createPackageOnce, PackagesApi } from "@betatelltd/esim-sdk";

const KEYS = { ESIM_API_KEY: "demo-api-key", ESIM_USER_ID: "demo-user-id" };
const user = KEYS.ESIM_USER_ID;
const esimProgram = fileURLToPath(import.meta.resolve("@betatelltd/esim-cli/dist/bin.js"));

const mock = await startMock({ port: 0, stateful: true });

function say(text: string): void {
  console.log(styleText("bold", `\n${text}`));
}

/** Runs the real program in a separate process, as a person would. `esim check` exits with 7 if data should not work yet. */
async function esim(...args: string[]): Promise<void> {
  console.log(styleText("dim", `$ esim ${args.join(" ")}`));
  const env = { ...process.env, ...KEYS, ESIM_BASE_URL: mock.url };
  const child = spawn(process.execPath, [esimProgram, ...args], { stdio: "inherit", env });
  const [code] = await once(child, "exit");
  if (code !== 0 && code !== 7) throw new Error(`esim ${args.join(" ")} exited with ${code}`);
}

try {
  say(`The mock is running on ${mock.url}: an eSIM service on this machine, with a reseller's account.`);

  say("See what is on offer, and which SIM a sale would use:");
  await esim("templates", "list", "--count", "4");
  await esim("sell", "--template", "21145366", "--dry-run");

  say(
    "Sell one: exactly one package is bought, whatever the network does. A terminal shows a QR code to scan, a pipe gets its text:",
  );
  await esim("sell", "--template", "21145366", "--yes");
  const api = new PackagesApi(
    new Configuration({ apiKey: KEYS.ESIM_API_KEY, userId: user, basePath: mock.url }),
  );
  const { packages } = (await api.getPackages({ packageTemplate: 21145366, count: 1 })).data;
  const [sold] = packages;
  if (!sold) throw new Error("the package was not found");

  say(
    "The traveller scans the code: the device downloads, installs and enables the profile. After landing they use 1.5 GB on maps and photos:",
  );
  for (const event of ["download", "install", "enable"] as const)
    await mock.network.profile(user, sold.sim, event);
  await mock.network.traffic(user, sold.sim, { data: 1_610_612_736 });
  await esim("check", sold.sim);
  await esim("packages", "list", "--count", "3");

  say("The phone is lost, so its line is switched off; it is found, so the line is switched on again:");
  await esim("line", "set", sold.sim, "--data", "off");
  await mock.network.traffic(user, sold.sim, { data: 1_000 }).then(
    () => {
      throw new Error("the network should have refused");
    },
    (error: Error) => console.log(`the network: ${error.message}`),
  );
  await esim("line", "set", sold.sim, "--data", "on");

  say("The traveller is home again:");
  await esim("packages", "terminate", sold.sim, "--yes");

  say(
    "The case that SDKs get wrong, here with our `createPackageOnce`: the purchase succeeds, but the response is lost.",
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
  "Done; the mock is stopped. Run `pnpm mock --stateful` to start one that stays, and see README.md for what you can do with it.",
);
