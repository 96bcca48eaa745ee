/** Within single quotes, a shell takes everything literally except a single quote. */
const shell = (text) => (/^[\w.:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
const ts = (value) => JSON.stringify(value);

const NOT_THERE = "# The network does this, not the API; esim has no command for it.";

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

/** The same for a SIM, from `{ origin, user, iccid, event, traffic }`. */
const OF_A_SIM = {
  getSim: {
    label: "Look at the SIM",
    curl: ({ iccid }) => ["GET", `/sim-registries/${iccid}`],
    esim: ({ iccid }) => `sims get ${iccid}`,
    ts: ({ iccid }) => `const { data } = await api.getESIM(${ts(iccid)});`,
    api: "InventoryApi",
  },
  getLine: {
    label: "Look at the line",
    curl: ({ iccid }) => ["GET", `/sim-pcr-profiles/${iccid}`],
    esim: ({ iccid }) => `line get ${iccid}`,
    ts: ({ iccid }) => `const { data } = await api.getPCRProfile(${ts(iccid)});`,
    api: "PCRProfileApi",
  },
  dataOff: {
    label: "Switch data off",
    curl: ({ iccid }) => ["PUT", `/sim-pcr-profiles/${iccid}`, { data: { state: "DISABLED" } }],
    esim: ({ iccid }) => `line set ${iccid} --data off`,
    ts: ({ iccid }) => `await api.modifyPCRProfile(${ts(iccid)}, { data: { state: "DISABLED" } });`,
    api: "PCRProfileApi",
  },
  dataOn: {
    label: "Switch data on",
    curl: ({ iccid }) => ["PUT", `/sim-pcr-profiles/${iccid}`, { data: { state: "ENABLED" } }],
    esim: ({ iccid }) => `line set ${iccid} --data on`,
    ts: ({ iccid }) => `await api.modifyPCRProfile(${ts(iccid)}, { data: { state: "ENABLED" } });`,
    api: "PCRProfileApi",
  },
  getProfile: {
    label: "Look at the profile",
    curl: ({ iccid }) => ["GET", `/euicc-profiles/${iccid}`],
    esim: ({ iccid }) => `profile get ${iccid}`,
    ts: ({ iccid }) => `const { data } = await api.getEUICCProfile(${ts(iccid)});`,
    api: "ESIMRSPApi",
  },
  getQRCode: {
    label: "Save the QR code",
    curl: ({ iccid }) => ["GET", `/euicc-profiles/${iccid}/qrcode`],
    file: ({ iccid }) => `${iccid}.png`,
    esim: ({ iccid }) => `qr ${iccid} --png ${iccid}.png`,
    ts: ({ iccid }) => `const { data } = await api.getQRCode(${ts(iccid)}); // the bytes of a PNG`,
    api: "ESIMRSPApi",
  },
  profileEvent: {
    label: "Next step of the profile",
    curl: ({ iccid, event }) => ["POST", `/_mock/sims/${iccid}/profile`, { event }],
    network: ({ user, iccid, event }) =>
      `await mock.network.profile(${ts(user)}, ${ts(iccid)}, ${ts(event)});`,
  },
  traffic: {
    label: "Send traffic",
    curl: ({ iccid, traffic }) => ["POST", `/_mock/sims/${iccid}/traffic`, traffic],
    network: ({ user, iccid, traffic }) =>
      `await mock.network.traffic(${ts(user)}, ${ts(iccid)}, ${JSON.stringify(traffic)});`,
  },
};

const ALL = { ...OPERATIONS, ...OF_A_SIM };

const LANGUAGES = {
  curl({ curl, file }, values) {
    const [method, path, body] = curl(values);
    const keys = [`-H ${shell(`x-user-id: ${values.user}`)}`, "-H 'x-api-key: any'"];
    const verb = method === "GET" || (method === "POST" && body) ? [] : [`-X ${method}`];
    const output = file ? [`-o ${file(values)}`] : [];
    const json = body ? [`--json ${shell(JSON.stringify(body))}`] : [];
    return ["curl", ...verb, ...keys, ...json, ...output, shell(values.origin + path)].join(" ");
  },
  esim({ esim }, values) {
    if (!esim) return NOT_THERE;
    const keys = `ESIM_BASE_URL=${shell(values.origin)} ESIM_USER_ID=${shell(values.user)} ESIM_API_KEY=any`;
    return `${keys} esim ${esim(values)}`;
  },
  TypeScript({ ts: call, network, api = "PackagesApi" }, values) {
    if (network) return `// mock comes from startMock in @betatelltd/esim-mock\n${network(values)}`;
    const configuration = { basePath: values.origin, userId: values.user, apiKey: "any" };
    return [
      `import { Configuration, ${api} } from "@betatelltd/esim-sdk";`,
      "",
      `const api = new ${api}(new Configuration(${ts(configuration)}));`,
      call(values),
    ].join("\n");
  },
};

export const LANGUAGE_NAMES = Object.keys(LANGUAGES);
export const labelOf = (operation) => ALL[operation].label;
export const commandOf = (operation, language, values) => LANGUAGES[language](ALL[operation], values);
