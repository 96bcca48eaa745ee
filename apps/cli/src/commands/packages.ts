import { confirm } from "../confirm.ts";
import { connect } from "../connect.ts";
import { dryRun } from "../dry-run.ts";
import { type Loose, packageDetails } from "../format/package.ts";
import { table } from "../format/table.ts";
import { plain } from "../format/values.ts";
import { coloured, type GlobalOptions, json, print, tell } from "../output.ts";

/** The flags of the commands that change something. */
export interface WriteOptions extends GlobalOptions {
  readonly dryRun?: boolean;
}

/** `esim packages get`. */
export async function get(id: string, options: GlobalOptions): Promise<void> {
  const { api, call } = await connect(options);
  const { data } = await api.getPackage(id, call);
  await show(data, options);
}

/** `esim packages create`. */
export async function create(
  options: WriteOptions & { sim: string; template: number; timeAllowance?: number },
): Promise<void> {
  const { sim, template, timeAllowance } = options;
  const request = {
    sim,
    package_template: template,
    ...(timeAllowance !== undefined && { time_allowance: timeAllowance }),
  };
  if (options.dryRun) return dryRun("/packages", request, options);
  const { api, call } = await connect(options);
  const { data } = await traceable(api.createPackage(request, call), `esim packages list --sim ${sim}`);
  await show(data, options);
}

/** `esim packages activate`. */
export async function activate(id: string, options: WriteOptions): Promise<void> {
  if (options.dryRun) return dryRun(`/packages/${encodeURIComponent(id)}/activate`, undefined, options);
  const { api, call } = await connect(options);
  const { status } = await traceable(api.activatePackage(id, call), showing(id));
  await acknowledge(id, status, "activated", options);
}

/** `esim packages terminate`: for good, so it asks. */
export async function terminate(id: string, options: WriteOptions & { yes?: boolean }): Promise<void> {
  if (options.dryRun) return dryRun(`/packages/${encodeURIComponent(id)}/terminate`, undefined, options);
  const { api, call } = await connect(options);
  if (!options.yes) {
    await confirm(async () => {
      const { data } = await api.getPackage(id, call);
      return `Terminate ${plain(data.id)} of SIM ${plain(data.sim)}, which is ${plain(data.status)}? This cannot be undone.`;
    });
  }
  const { status } = await traceable(api.terminatePackage(id, call), showing(id));
  await acknowledge(id, status, "terminated", options);
}

/** Lets the error of a write say which command shows what became of it. */
async function traceable<Result>(call: Promise<Result>, lookUp: string): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error) Object.assign(error, { lookUp });
    throw error;
  }
}

/** The command that shows a package. An ID that a shell would not take as it is stays out of it. */
function showing(id: string): string {
  return `esim packages get ${/^[\w.-]+$/.test(id) ? id : "ID"}`;
}

async function show(data: object, options: GlobalOptions): Promise<void> {
  const row = Object(data) as Loose;
  if (options.json) await print(json(data));
  else if (options.quiet) await print(plain(row.id));
  else await print(table(packageDetails(row, coloured(options))));
}

async function acknowledge(id: string, status: number, done: string, options: GlobalOptions): Promise<void> {
  if (options.json) await print(json({ id, status }));
  else tell(options, `${done} ${plain(id)}`);
}
