import { byId, el, keyed, setOptions, setText } from "./dom.js";
import { send } from "./mock.js";
import { attempt } from "./notice.js";

const number = (id) => (byId(id).value === "" ? undefined : Number(byId(id).value));

/** What can go wrong, the form fields it needs, and the resulting fault. */
const KINDS = {
  status: {
    label: "Answer with an error",
    fields: ["fault-status", "fault-retry"],
    fault: () => ({ status: number("fault-status"), retryAfter: number("fault-retry") }),
  },
  latency: {
    label: "Answer late",
    fields: ["fault-latency"],
    fault: () => ({ latency: byId("fault-latency").value.trim() }),
  },
  before: { label: "Cut the connection before acting", fields: [], fault: () => ({ drop: "before" }) },
  after: { label: "Act, then cut the connection", fields: [], fault: () => ({ drop: "after" }) },
  stall: { label: "Act, and never answer", fields: [], fault: () => ({ stall: true }) },
  truncate: { label: "Act, and send half of the answer", fields: [], fault: () => ({ truncate: true }) },
};

function fault() {
  const share = number("fault-share");
  return {
    operation: byId("fault-operation").value || undefined,
    ...KINDS[byId("fault-kind").value].fault(),
    times: number("fault-times"),
    share: share === undefined ? undefined : share / 100,
  };
}

function showFields() {
  const { fields } = KINDS[byId("fault-kind").value];
  for (const kind of Object.values(KINDS))
    for (const id of kind.fields) byId(id).closest("label").hidden = !fields.includes(id);
}

export function setUpFaults() {
  setOptions(
    byId("fault-kind"),
    Object.entries(KINDS).map(([value, { label }]) => ({ value, label })),
  );
  byId("fault-kind").addEventListener("change", showFields);
  showFields();
  byId("fault").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => send("POST", "/_mock/faults", fault()), "Fault added.");
  });
  byId("clear-faults").addEventListener("click", () => {
    byId("fault-kind").focus();
    attempt(() => send("DELETE", "/_mock/faults"), "All faults removed.");
  });
}

export function showFaults({ topics }) {
  const { about, faults = [] } = topics;
  if (about) {
    setOptions(byId("fault-operation"), [
      { value: "", label: "Every operation" },
      ...about.operations.map((value) => ({ value, label: value })),
    ]);
  }
  byId("no-faults").hidden = faults.length > 0;
  byId("clear-faults").hidden = faults.length < 2;
  keyed(byId("faults"), faults, { key: ({ id }) => id, create: createFault, update: updateFault });
}

function createFault({ id }) {
  const what = el("code");
  const met = el("span", { class: "soft" });
  const off = el("button", { type: "button", "aria-label": `Remove fault ${id}` }, "Remove");
  off.addEventListener("click", () => {
    // The button disappears with its fault.
    byId("fault-kind").focus();
    attempt(() => send("DELETE", `/_mock/faults/${id}`), "Fault removed.");
  });
  const node = el("li", {}, el("div", {}, what, met), off);
  node.parts = { what, met };
  return node;
}

function updateFault({ parts }, { id: _, met, ...what }) {
  setText(parts.what, JSON.stringify(what));
  setText(parts.met, `applied to ${met} ${met === 1 ? "request" : "requests"}`);
}
