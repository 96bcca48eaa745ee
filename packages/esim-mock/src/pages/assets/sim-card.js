import { ask } from "./ask.js";
import { codeBlock } from "./code.js";
import { copyFrom } from "./copy.js";
import { createFor } from "./create.js";
import { byId, el, keyed, setAttribute, setOptions, setText } from "./dom.js";
import { bytes, dateTime, NONE, STATES, speedOf } from "./format.js";
import { send, view } from "./mock.js";
import { attempt } from "./notice.js";
import { addressOf, templateOf } from "./packages.js";
import { showQRCode } from "./qr-code.js";
import { showState } from "./sims.js";

/** What a device does with a profile, and the states that allow it. */
const EVENTS = [
  { event: "download", label: "Download", done: "downloaded", from: ["RELEASED", "DOWNLOADED", "DELETED"] },
  { event: "install", label: "Install", done: "installed", from: ["DOWNLOADED"] },
  { event: "enable", label: "Enable", done: "enabled", from: ["INSTALLED", "DISABLED"] },
  { event: "disable", label: "Disable", done: "disabled", from: ["ENABLED"] },
  {
    event: "delete",
    label: "Delete",
    done: "deleted",
    from: ["INSTALLED", "DISABLED"],
    question: (iccid) => `Delete the profile of ${iccid} from the device?`,
  },
];

/** Units of traffic, and their sizes. */
const UNITS = [
  { value: "KB", service: "data", size: 1024 },
  { value: "MB", service: "data", size: 1024 ** 2 },
  { value: "GB", service: "data", size: 1024 ** 3 },
  { value: "min", service: "voice", size: 1 },
  { value: "SMS", service: "sms", size: 1 },
];

const SERVICES = [
  { name: "data", label: "Data", speed: ({ active_throttling }) => speedOf(active_throttling) },
  { name: "voice", label: "Voice" },
  { name: "sms", label: "SMS" },
];

const WALLETS = { GROUP: "the group's", SIM: "its own" };

const named = ({ id, name } = {}) => (id === undefined ? NONE : `${name} (${id})`);

const FACTS = [
  ["Inventory", ({ sim }) => named(sim.inventory)],
  ["Group", ({ sim }) => named(sim.group)],
  ["Wallet", ({ pcr }) => WALLETS[pcr.wallet_mode] ?? NONE],
  ["IMSI", ({ sim }) => String(sim.mapped_imsi ?? NONE)],
  ["Last step of the profile", ({ profile }) => dateTime(profile.last_operation_date)],
  ["EID", ({ profile }) => profile.eid || NONE],
];

/** The selected SIM's card, once loaded. */
let card;

/** What to do once it is loaded. */
let afterwards;

/** Calls a function once the card of the SIM just selected is shown. */
export const onceShown = (then) => {
  afterwards = then;
};

const simPath = (verb) => `/_mock/sims/${encodeURIComponent(view.sim)}/${verb}`;

const isOnNetwork = () => ["PRE_SERVICE", "IN_SERVICE"].includes(card?.sim.sim_status);

function traffic() {
  const { service, size } = UNITS.find(({ value }) => value === byId("traffic-unit").value);
  return { [service]: Math.round(Number(byId("traffic-amount").value) * size) };
}

/** The likely next step, for a command. */
const nextEvent = () => EVENTS.find(({ from }) => from.includes(card?.profile.state))?.event ?? "download";

async function act({ event, label, done, question }) {
  const iccid = view.sim;
  if (question && !(await ask(question(iccid), label))) return;
  await attempt(() => send("POST", simPath("profile"), { event }), `The profile is ${done}.`);
}

let showCode;

export function setUpSimCard() {
  for (const each of EVENTS) {
    each.button = el("button", { type: "button", class: each.question && "danger" }, each.label);
    // Not `disabled`, which would take the focus away from a button that was just pressed.
    each.button.addEventListener("click", () => each.button.ariaDisabled !== "true" && act(each));
    byId("profile-events").append(each.button);
  }
  setOptions(
    byId("traffic-unit"),
    UNITS.map(({ value }) => ({ value, label: value })),
  );
  byId("traffic-unit").value = "MB";
  byId("traffic").addEventListener("submit", (event) => {
    event.preventDefault();
    if (byId("traffic-submit").ariaDisabled === "true") return;
    attempt(() => send("POST", simPath("traffic"), traffic()), "Traffic sent.");
  });
  byId("traffic").addEventListener("input", () => showCode());
  byId("copy-activation").addEventListener("click", () => copyFrom(byId("activation-code")));
  byId("sim-new-package").addEventListener("click", () => createFor(view.sim));
  byId("sim-close").addEventListener("click", closeCard);
  byId("sim-card").addEventListener("keydown", ({ key }) => key === "Escape" && closeCard());
  const commands = [
    "getSim",
    "getLine",
    "dataOff",
    "dataOn",
    "getProfile",
    "getQRCode",
    "profileEvent",
    "traffic",
  ];
  showCode = codeBlock("sim-code", commands, () => ({
    user: view.user,
    iccid: view.sim,
    event: nextEvent(),
    traffic: traffic(),
  }));
}

/** Returns to the row that it was opened from. */
function closeCard() {
  const row = [...byId("all-sims").children].find(({ dataset }) => dataset.id === view.sim);
  location.hash = addressOf("");
  (row?.parts.link ?? byId("search-sims")).focus();
}

/** The state when the card was read: if any of it changes, the card may have changed. */
let known = [];

/** Reads the card when the SIM is opened, and after every event that may concern it. */
export async function showSimCard({ topics, sim, user }) {
  const { lines, packages, requests, clock } = topics;
  const now = [user, sim, lines, packages, requests, clock];
  if (now.every((each, index) => each === known[index])) return;
  const isSame = user === known[0] && sim === known[1];
  known = now;
  if (!isSame) showCard(undefined);
  if (!sim || !lines) return;
  try {
    const read = await send("GET", `/_mock/sims/${encodeURIComponent(sim)}`);
    if (known === now) showCard(read);
  } catch {
    if (known === now) showCard(undefined);
  }
}

function showCard(read) {
  card = read;
  const section = byId("sim-card");
  if (!card && section.contains(document.activeElement)) byId("search-sims").focus();
  section.hidden = !card;
  if (!card) return;
  const { sim, profile, packages } = card;
  setText(byId("sim-title"), sim.iccid);
  showState(byId("sim-status").firstChild, sim.sim_status);
  showState(byId("profile-state").firstChild, profile.state);
  for (const { button, from } of EVENTS) allow(button, isOnNetwork() && from.includes(profile.state));
  allow(byId("traffic-submit"), isOnNetwork() && profile.state === "ENABLED");
  keyed(byId("services"), SERVICES, {
    key: ({ name }) => name,
    create: createService,
    update: updateService,
  });
  keyed(byId("sim-facts"), FACTS, { key: ([name]) => name, create: createFact, update: updateFact });
  byId("no-sim-packages").hidden = packages.length > 0;
  keyed(byId("sim-packages"), packages, {
    key: ({ id }) => id,
    create: createPackage,
    update: updatePackage,
  });
  byId("sim-new-package").hidden = packages.some(({ status }) => status !== "TERMINATED") || !isOnNetwork();
  showQRCode(sim.iccid, profile);
  showCode();
  afterwards?.();
  afterwards = undefined;
}

function allow(button, isAllowed) {
  setAttribute(button, "aria-disabled", isAllowed ? undefined : "true");
}

const createService = () => el("li", {}, el("span", { class: "state" }), el("span", { class: "soft" }));

function updateService(node, { name, label, speed }) {
  const { pcr } = card;
  const { state } = pcr[name];
  node.dataset.status = state;
  setText(node.firstChild, `${label} ${state === "ENABLED" ? "on" : "off"}`);
  setText(node.lastChild, speed && state === "ENABLED" ? speed(pcr[name]) : "");
}

const createFact = ([name]) => el("div", {}, el("dt", { class: "soft" }, name), el("dd"));

function updateFact(node, [, read]) {
  setText(node.lastChild, read(card));
  node.hidden = read(card) === NONE;
}

function createPackage({ id }) {
  const parts = {
    link: el("a", { class: "mono target", href: addressOf(id) }, id),
    state: el("span", { class: "state" }),
    left: el("span", { class: "soft" }),
  };
  const node = el("li", {}, parts.link, parts.state, parts.left);
  node.parts = parts;
  return node;
}

function updatePackage(node, each) {
  node.dataset.status = each.status;
  setText(node.parts.state, STATES[each.status] ?? each.status);
  const { name = "", data_usage_allowance: all = 0 } = templateOf(each);
  setText(node.parts.left, `${name}, ${bytes(each.data_usage_remaining)} of ${bytes(all)} left`);
}
