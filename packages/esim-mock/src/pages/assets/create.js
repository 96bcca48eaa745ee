import { codeBlock } from "./code.js";
import { byId, el, keyed, setOptions, setText } from "./dom.js";
import { bytes } from "./format.js";
import { send, view } from "./mock.js";
import { attempt } from "./notice.js";
import { addressOf } from "./packages.js";

const chosen = () => ({ sim: byId("new-sim").value.trim(), template: Number(byId("new-template").value) });

let showCode;

/** The SIM that the page has filled in. One that the user has typed is left alone. */
let suggested = "";

function suggest(free) {
  const field = byId("new-sim");
  const isFree = free.some(({ iccid }) => iccid === field.value);
  if (isFree || field.value !== suggested) return;
  suggested = free[0]?.iccid ?? "";
  field.value = suggested;
}

/** Fills in this SIM for the next package, and scrolls to the form. */
export function createFor(iccid) {
  byId("new-sim").value = iccid;
  showCode();
  byId("new-template").focus();
}

export function setUpCreate() {
  byId("create").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { sim, template } = chosen();
    const created = await attempt(
      () => send("POST", "/packages", { sim, package_template: template }),
      ({ id }) => `Created ${id}.`,
    );
    if (created) location.hash = addressOf(created.id);
  });
  byId("create").addEventListener("input", () => showCode());
  showCode = codeBlock("create-code", ["create"], () => ({ user: view.user, ...chosen() }));
}

export function showCreate({ topics }) {
  const { templates, sims } = topics;
  byId("create-box").hidden = !templates?.templates;
  if (!templates?.templates) return;
  setOptions(
    byId("new-template"),
    templates.templates.map(({ id, name, status }) => ({
      value: id,
      label: status === "Active" ? `${name} (${id})` : `${name} (${id}, ${status.toLowerCase()})`,
    })),
  );
  const free = sims?.sims ?? [];
  setOptions(
    byId("free-sims"),
    free.map(({ iccid }) => ({ value: iccid, label: "" })),
  );
  suggest(free);
  setText(byId("free-count"), sims?.problem ?? `(${(sims?.total ?? 0).toLocaleString("en")} free)`);
  keyed(byId("templates"), templates.templates, {
    key: ({ id }) => id,
    create: createTemplate,
    update: (row, each) => {
      for (const [index, cell] of [...row.cells].entries()) setText(cell, TEMPLATE_CELLS[index](each));
    },
  });
  showCode();
}

const TEMPLATE_CELLS = [
  ({ id }) => id,
  ({ name }) => name,
  (each) => bytes(each.data_usage_allowance),
  ({ time_allowance: { duration, unit } }) =>
    `${duration} ${unit.toLowerCase().replace("_", " ")}${duration === 1 ? "" : "s"}`,
  ({ activation_type }) => (activation_type === "AUTO" ? "on first use" : "by a call"),
];

function createTemplate() {
  return el("tr", { role: "row" }, ...TEMPLATE_CELLS.map(() => el("td", { role: "cell" })));
}
