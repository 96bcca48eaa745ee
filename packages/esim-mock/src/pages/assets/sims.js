import { byId, el, keyed, setAttribute, setText } from "./dom.js";
import { wordOf } from "./format.js";
import { view } from "./mock.js";
import { addressOfSim, plural } from "./packages.js";
import { setUpRows } from "./rows.js";

/** People search longer lists rather than read them. */
const MAX_ROWS = 50;

let wanted = "";

function createRow({ iccid }) {
  const parts = {
    link: el("a", { class: "mono target", href: addressOfSim(iccid) }, iccid),
    off: el("span", { class: "soft" }),
    line: el("span", { class: "state" }),
    profile: el("span", { class: "state" }),
  };
  const row = el(
    "tr",
    { role: "row", "data-id": iccid },
    el("th", { role: "rowheader", scope: "row" }, el("div", { class: "package" }, parts.link, parts.off)),
    el("td", { role: "cell", class: "of-line" }, parts.line),
    el("td", { role: "cell", class: "of-profile" }, parts.profile),
  );
  row.parts = parts;
  return row;
}

function updateRow({ parts }, { iccid, sim_status, profile_state, ...services }) {
  const off = ["data", "voice", "sms"].filter((service) => services[service] === "DISABLED");
  setAttribute(parts.link, "aria-current", view.sim === iccid ? "true" : undefined);
  setText(parts.off, off.length > 0 ? `${off.join(", ")} off` : "");
  showState(parts.line, sim_status);
  showState(parts.profile, profile_state);
}

/** A state, with its colour. */
export function showState(node, state) {
  node.parentNode.dataset.status = state;
  setText(node, wordOf(state));
}

function summary({ total = 0, problem }, fits, shown) {
  if (problem) return problem;
  const all = plural(total, "SIM");
  if (fits === 0) return total === 0 ? "None." : `None of ${all} match.`;
  if (shown < fits)
    return `the newest ${shown} of ${fits === total ? all : `${fits} that match`}; search for the others`;
  return fits === total ? all : `${fits} of ${all}`;
}

export function showSims({ topics }) {
  const { lines } = topics;
  byId("sims-box").hidden = topics.about?.mode !== "stateful";
  if (!lines) return setText(byId("sims-total"), "");
  const fitting = (lines.lines ?? []).filter(({ iccid }) => iccid.includes(wanted));
  const rows = fitting.slice(0, MAX_ROWS);
  setText(byId("sims-total"), summary(lines, fitting.length, rows.length));
  keyed(byId("all-sims"), rows, { key: ({ iccid }) => iccid, create: createRow, update: updateRow });
}

export function setUpSims() {
  byId("search-sims").addEventListener("input", ({ target }) => {
    // People write ICCIDs in groups.
    wanted = target.value.replace(/[\s-]/g, "");
    showSims(view);
  });
  setUpRows(byId("all-sims"));
}
