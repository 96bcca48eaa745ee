// Starts the mock on a free port and takes a package through its life, with the `esim` program and with the SDK.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { Configuration, EsimError, PackagesApi } from "@betatelltd/esim-sdk";

const SIM = "8910300000045682001";
const keys = { ESIM_API_KEY: "demo-api-key", ESIM_USER_ID: "demo-user-id" };
const esimProgram = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url));

const mock = await startMock({ port: 0, stateful: true });

function say(text: string): void {
  console.log(styleText("bold", `\n${text}`));
}

/** Runs the real program in a process of its own, as a person would, and returns what it printed. */
async function esim(...args: string[]): Promise<string> {
  console.log(styleText("dim", `$ esim ${args.join(" ")}`));
  const env = { ...process.env, ...keys, ESIM_BASE_URL: mock.url };
  const child = spawn(process.execPath, [esimProgram, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  if (child.exitCode === null) await once(child, "exit");
  if (child.exitCode !== 0) throw new Error(`esim ${args.join(" ")} ended with ${child.exitCode}`);
  process.stdout.write(output);
  return output;
}

try {
  say(`The mock is up on ${mock.url}: an eSIM service on this machine, with an account like a reseller's.`);

  say("First the command line. A data package for a SIM:");
  const id = (await esim("packages", "create", "--sim", SIM, "--template", "21145354", "--quiet")).trim();
  say("It is in the list of that SIM's packages:");
  await esim("packages", "list", "--sim", SIM);
  say("The traveller has landed, and the week begins:");
  await esim("packages", "activate", id);
  await mock.network.use(keys.ESIM_USER_ID, id, { data: 1_610_612_736 });
  say("After 1.5 GB of maps and photos:");
  await esim("packages", "get", id);
  say("Home again:");
  await esim("packages", "terminate", id, "--yes");
  await esim("packages", "list", "--sim", SIM);

  say("The same with a few lines of the SDK:");
  const api = new PackagesApi(
    new Configuration({ apiKey: keys.ESIM_API_KEY, userId: keys.ESIM_USER_ID, basePath: mock.url }),
  );
  const { data: created } = await api.createPackage({ sim: SIM, package_template: 21145354 });
  console.log("createPackage    ", created.id, created.status);
  const { data: page } = await api.getPackages(20, 0, undefined, undefined, SIM);
  console.log("getPackages      ", page.packages.map((each) => `${each.id} ${each.status}`).join(", "));
  console.log("activatePackage  ", await api.activatePackage(created.id));
  const { data: one } = await api.getPackage(created.id);
  console.log("getPackage       ", one.id, one.status, "until", new Date(one.expiry_date ?? 0).toISOString());

  say("A second package for the same SIM is refused, and the error says so:");
  await api.createPackage({ sim: SIM, package_template: 21145354 }).then(
    () => {
      throw new Error("The mock should have answered 409");
    },
    (error: Error) => console.log(`${error.name}: ${error.message}`),
  );
  console.log("terminatePackage ", await api.terminatePackage(created.id));

  say("And the case that SDKs get wrong: the purchase happens, and the answer is lost.");
  await mock.fault({ operation: "createPackage", drop: "after", times: 1 });
  const lost = await api
    .createPackage({ sim: SIM, package_template: 21145354 })
    .catch((error: EsimError) => error);
  if (!(lost instanceof EsimError)) throw new Error("The connection should have been lost");
  console.log(`${lost.name}: ${lost.message}; outcomeUnknown: ${lost.outcomeUnknown}`);
  const { data: after } = await api.getPackages(20, 0, undefined, undefined, SIM, "NOT_ACTIVE");
  console.log(
    `It was not sent a second time. A look tells that it was bought: ${after.packages.map((each) => each.id).join()}`,
  );
} finally {
  await mock.close();
}
say(
  "Done. The mock is stopped. Run `pnpm mock --stateful` to keep one, and see README.md for what to do with it.",
);
