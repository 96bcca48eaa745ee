// Starts the mock on a free port and takes a package through its life, with the `esim` program and with the SDK.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";

const SIM = "8910300000045681955";
const keys = { ESIM_API_KEY: "demo-api-key", ESIM_USER_ID: "demo-user-id" };
const esimProgram = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url));

const mock = await startMock({ port: 0 });

function say(text: string): void {
  console.log(styleText("bold", `\n${text}`));
}

/** Runs the real program in a process of its own, as a person would. */
async function esim(...args: string[]): Promise<void> {
  console.log(styleText("dim", `$ esim ${args.join(" ")}`));
  const environment = { ...process.env, ...keys, ESIM_BASE_URL: mock.url };
  const child = spawn(process.execPath, [esimProgram, ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: environment,
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`esim ${args.join(" ")} ended with ${code}`);
}

try {
  say(
    `The contract mock is up on ${mock.url}. It answers every call as the OpenAPI document says, from its examples.`,
  );

  say("First the command line. A data package for a SIM:");
  await esim("packages", "create", "--sim", SIM, "--template", "21145354", "--time-allowance", "7d");
  say("All packages of the account:");
  await esim("packages", "list");
  say("One of them, as JSON for a script:");
  await esim("packages", "get", "pkg_123456", "--json");
  say("The traveller has landed:");
  await esim("packages", "activate", "pkg_123456");
  say("And is home again:");
  await esim("packages", "terminate", "pkg_123456", "--yes");

  say("The same five calls with a few lines of the SDK:");
  const api = new PackagesApi(
    new Configuration({ apiKey: keys.ESIM_API_KEY, userId: keys.ESIM_USER_ID, basePath: mock.url }),
  );
  const { data: created } = await api.createPackage({ sim: SIM, package_template: 21145354 });
  console.log("createPackage    ", created.id, created.status);
  const { data: page } = await api.getPackages(20);
  console.log("getPackages      ", page.packages.map(({ id, status }) => `${id} ${status}`).join(", "));
  const { data: one } = await api.getPackage(created.id);
  console.log("getPackage       ", one.id, one.package_template.name);
  console.log("activatePackage  ", await api.activatePackage(created.id));
  console.log("terminatePackage ", await api.terminatePackage(created.id));

  say("Errors too are the contract's. A second package for the same SIM:");
  await api.createPackage({ sim: SIM, package_template: 21145354 }, { headers: { prefer: "code=409" } }).then(
    () => {
      throw new Error("The mock should have answered 409");
    },
    (error: Error) => console.log(`${error.name}: ${error.message}`),
  );
} finally {
  await mock.close();
}
say("Done. The mock is stopped. Run `pnpm mock` to keep one, and see README.md for what to do with it.");
