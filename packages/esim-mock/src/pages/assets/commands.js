/** In single quotes a shell takes everything as it stands but a single quote. */
const shell = (text) => (/^[\w.:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
const ts = (value) => JSON.stringify(value);

const NOT_THERE = "# The network does this, not the API: esim has no command for it.";

/** Each operation in three languages, from `{ origin, user, id, sim, template, data }`. */
const OPERATIONS = {
  get: {
    label: "Look at it",
    curl: ({ id }) => ["GET", `/packages/${id}`],
    esim: ({ id }) => `packages get ${shell(id)}`,
    ts: ({ id }) => `const { data } = await api.getPackage(${ts(id)});`,
  },
  activate: {
    label: "Activate",
    curl: ({ id }) => ["POST", `/packages/${id}/activate`],
    esim: ({ id }) => `packages activate ${shell(id)}`,
    ts: ({ id }) => `await api.activatePackage(${ts(id)});`,
  },
  use: {
    label: "Use data",
    curl: ({ id, data }) => ["POST", `/_mock/packages/${id}/use`, { data }],
    network: ({ user, id, data }) => `await mock.network.use(${ts(user)}, ${ts(id)}, { data: ${data} });`,
  },
  suspend: {
    label: "Suspend",
    curl: ({ id }) => ["POST", `/_mock/packages/${id}/suspend`, {}],
    network: ({ user, id }) => `await mock.network.suspend(${ts(user)}, ${ts(id)});`,
  },
  resume: {
    label: "Resume",
    curl: ({ id }) => ["POST", `/_mock/packages/${id}/resume`, {}],
    network: ({ user, id }) => `await mock.network.resume(${ts(user)}, ${ts(id)});`,
  },
  terminate: {
    label: "Terminate",
    curl: ({ id }) => ["POST", `/packages/${id}/terminate`],
    esim: ({ id }) => `packages terminate ${shell(id)} --yes`,
    ts: ({ id }) => `await api.terminatePackage(${ts(id)});`,
  },
  create: {
    label: "Create",
    curl: ({ sim, template }) => ["POST", "/packages", { sim, package_template: template }],
    esim: ({ sim, template }) => `packages create --sim ${shell(sim)} --template ${template}`,
    ts: ({ sim, template }) =>
      `const { data } = await api.createPackage({ sim: ${ts(sim)}, package_template: ${template} });`,
  },
};

const LANGUAGES = {
  curl({ curl }, values) {
    const [method, path, body] = curl(values);
    const keys = [`-H ${shell(`x-user-id: ${values.user}`)}`, "-H 'x-api-key: any'"];
    const verb = method === "GET" || body ? [] : [`-X ${method}`];
    const json = body ? [`--json ${shell(JSON.stringify(body))}`] : [];
    return ["curl", ...verb, ...keys, ...json, shell(values.origin + path)].join(" ");
  },
  esim({ esim }, values) {
    if (!esim) return NOT_THERE;
    const keys = `ESIM_BASE_URL=${shell(values.origin)} ESIM_USER_ID=${shell(values.user)} ESIM_API_KEY=any`;
    return `${keys} esim ${esim(values)}`;
  },
  TypeScript({ ts: call, network }, values) {
    if (network) return `// mock is what startMock of @betatelltd/esim-mock gives\n${network(values)}`;
    const configuration = { basePath: values.origin, userId: values.user, apiKey: "any" };
    return [
      'import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";',
      "",
      `const api = new PackagesApi(new Configuration(${ts(configuration)}));`,
      call(values),
    ].join("\n");
  },
};

export const languages = Object.keys(LANGUAGES);
export const labelOf = (operation) => OPERATIONS[operation].label;
export const commandOf = (operation, language, values) => LANGUAGES[language](OPERATIONS[operation], values);
