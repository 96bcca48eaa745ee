import { ask } from "./ask.js";
import { codeBlock } from "./code.js";
import { byId, el, keyed, setAttribute, setText } from "./dom.js";
import { bytes, dateTime, NONE, nextEvent, STATES } from "./format.js";
import { now, send, view } from "./mock.js";
import { attempt } from "./notice.js";
import { addressOf, addressOfSim, templateOf } from "./packages.js";

const apiPath = (id, verb) => `/packages/${encodeURIComponent(id)}/${verb}`;
const networkPath = (id, verb) => `/_mock/packages/${encodeURIComponent(id)}/${verb}`;

/** The actions for a package, and the states that allow them. */
const ACTIONS = [
  { verb: "activate", label: "Activate", done: "active", states: ["NOT_ACTIVE"], path: apiPath },
  { verb: "suspend", label: "Suspend", done: "suspended", states: ["ACTIVE"], path: networkPath },
  { verb: "resume", label: "Resume", done: "active again", states: ["SUSPENDED"], path: networkPath },
  {
    verb: "terminate",
    label: "Terminate",
    done: "terminated",
    states: ["ACTIVE", "SUSPENDED"],
    path: apiPath,
    question: (id) => `Terminate ${id}? A terminated package cannot be used again.`,
  },
];

const METERS = [
  { name: "Data", left: "data_usage_remaining", all: "data_usage_allowance", format: bytes },
  { name: "Voice", left: "voice_usage_remaining", all: "voice_usage_allowance", format: (n) => `${n} min` },
  { name: "SMS", left: "sms_usage_remaining", all: "sms_usage_allowance", format: (n) => `${n}` },
];

const FACTS = [
  ["SIM", ({ sim }) => sim, ({ sim }) => addressOfSim(sim)],
  ["Template", (each) => `${templateOf(each).name ?? "–"} (${templateOf(each).id ?? "–"})`],
  ["Created", ({ created_date }) => dateTime(created_date)],
  ["Activate until", ({ window_activation_end }) => dateTime(window_activation_end)],
  ["Activated", ({ activated_date }) => dateTime(activated_date)],
  ["Expires", ({ expiry_date }) => dateTime(expiry_date)],
  ["Terminated", ({ terminated_date }) => dateTime(terminated_date)],
];

const canUse = (each) =>
  each.status === "ACTIVE" || (each.status === "NOT_ACTIVE" && templateOf(each).activation_type === "AUTO");

const found = () => view.topics.packages?.packages?.find(({ id }) => id === view.selected);

async function act({ verb, done, path, question, label }) {
  const id = view.selected;
  if (question && !(await ask(question(id), label))) return;
  await attempt(() => send("POST", path(id, verb)), `${id} is ${done}.`);
}

const dataToUse = () => Math.round(Number(byId("use-amount").value) * Number(byId("use-unit").value));

let showCode;

export function setUpDetail() {
  for (const action of ACTIONS) {
    const button = el("button", { type: "button", class: action.question && "danger" }, action.label);
    // Not `disabled`, which would take the focus away from a button that was just pressed.
    button.addEventListener("click", () => button.ariaDisabled !== "true" && act(action));
    action.button = button;
    byId("actions").append(button);
  }
  byId("use").addEventListener("submit", (event) => {
    event.preventDefault();
    const { selected } = view;
    if (byId("use-submit").ariaDisabled === "true") return;
    attempt(
      () => send("POST", networkPath(selected, "use"), { data: dataToUse() }),
      ({ data_usage_remaining: left }) => `${selected} has ${bytes(left)} left.`,
    );
  });
  byId("use").addEventListener("input", () => showCode());
  showCode = codeBlock("detail-code", ["get", "activate", "use", "suspend", "resume", "terminate"], () => ({
    user: view.user,
    id: view.selected,
    data: dataToUse(),
  }));
  byId("detail-close").addEventListener("click", closeDetail);
  byId("detail").addEventListener("keydown", ({ key }) => key === "Escape" && closeDetail());
}

/** Returns to the row that it was opened from. */
function closeDetail() {
  const row = [...byId("packages").children].find(({ dataset }) => dataset.id === view.selected);
  location.hash = addressOf("");
  (row?.parts.link ?? byId("search")).focus();
}

export function showDetail() {
  const each = found();
  const detail = byId("detail");
  if (!each && detail.contains(document.activeElement)) byId("search").focus();
  detail.hidden = !each;
  byId("no-detail").hidden = Boolean(each) || view.sim !== "" || view.topics.about?.mode !== "stateful";
  if (!each) return;
  detail.dataset.status = each.status;
  setText(byId("detail-title"), each.id);
  setText(byId("detail-state"), STATES[each.status] ?? each.status);
  setText(byId("detail-event"), nextEvent(each, now()));
  for (const { button, states } of ACTIONS) allow(button, states.includes(each.status));
  allow(byId("use-submit"), canUse(each));
  keyed(byId("meters"), METERS, { key: ({ name }) => name, create: createMeter, update: updateMeter(each) });
  keyed(byId("facts"), FACTS, { key: ([name]) => name, create: createFact, update: updateFact(each) });
  showCode();
}

function allow(button, isAllowed) {
  setAttribute(button, "aria-disabled", isAllowed ? undefined : "true");
}

function createMeter({ name }) {
  const parts = { text: el("span"), meter: el("meter", { min: 0, "aria-label": `${name} left` }) };
  const node = el("div", {}, el("span", { class: "soft" }, name), parts.text, parts.meter);
  node.parts = parts;
  return node;
}

const updateMeter =
  (each) =>
  (node, { left, all, format }) => {
    const allowance = templateOf(each)[all] ?? 0;
    node.hidden = allowance === 0;
    setAttribute(node.parts.meter, "max", Math.max(allowance, 1));
    setAttribute(node.parts.meter, "value", each[left] ?? 0);
    setText(node.parts.text, `${format(each[left] ?? 0)} of ${format(allowance)}`);
  };

const createFact = ([name, , address]) =>
  el(
    "div",
    {},
    el("dt", { class: "soft" }, name),
    el("dd", {}, el(address ? "a" : "span", { class: address && "target" })),
  );

const updateFact =
  (each) =>
  (node, [, read, address]) => {
    const value = node.lastChild.firstChild;
    setText(value, read(each));
    setAttribute(value, "href", address?.(each));
    node.hidden = read(each) === NONE;
  };
