import { byId, el, keyed, setAttribute, setText } from "./dom.js";
import { bytes, nextEvent, STATES } from "./format.js";
import { now, view } from "./mock.js";
import { setUpRows } from "./rows.js";

const wanted = { state: "", text: "" };

export const addressOf = (id) => `#${encodeURIComponent(view.user)}${id && `/${encodeURIComponent(id)}`}`;

export const addressOfSim = (iccid) => `${addressOf("")}/sim/${encodeURIComponent(iccid)}`;

export const templateOf = (each) => each.package_template ?? {};

function createRow({ id }) {
  const parts = {
    link: el("a", { class: "mono target", href: addressOf(id) }, id),
    name: el("span", { class: "name" }),
    sim: el("span", { class: "mono soft" }),
    state: el("span", { class: "state" }),
    meter: el("meter", { min: 0, "aria-label": `Data left of ${id}` }),
    left: el("span"),
    event: el("span", { class: "soft" }),
  };
  const row = el(
    "tr",
    { role: "row", "data-id": id },
    el(
      "th",
      { role: "rowheader", scope: "row" },
      el("div", { class: "package" }, parts.link, parts.sim, parts.name),
    ),
    el("td", { role: "cell", class: "of-state" }, parts.state),
    el("td", { role: "cell", class: "of-data" }, parts.left, parts.meter),
    el("td", { role: "cell", class: "of-event" }, parts.event),
  );
  row.parts = parts;
  return row;
}

function updateRow(row, each) {
  const { parts, dataset } = row;
  const { name = "", data_usage_allowance: all = 0 } = templateOf(each);
  const left = each.data_usage_remaining ?? all;
  dataset.status = each.status;
  setAttribute(parts.link, "aria-current", view.selected === each.id ? "true" : undefined);
  setText(parts.name, name);
  setText(parts.sim, each.sim);
  setText(parts.state, STATES[each.status] ?? each.status);
  setAttribute(parts.meter, "max", Math.max(all, 1));
  setAttribute(parts.meter, "value", left);
  setText(parts.left, `${bytes(left)} of ${bytes(all)}`);
  setText(parts.event, nextEvent(each, now()));
}

function isWanted(each) {
  if (wanted.state && each.status !== wanted.state) return false;
  const { id = "", name = "" } = templateOf(each);
  return `${each.id} ${each.sim} ${id} ${name}`.toLowerCase().includes(wanted.text);
}

export const plural = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;

/** The text in place of rows, or beside them. */
function summary({ packages = [], total = 0, problem }, shown) {
  if (problem) return problem;
  if (total === 0) return "None yet. Create one, and it shows up here.";
  const all =
    total > packages.length
      ? `the newest ${packages.length.toLocaleString("en")} of ${plural(total, "package")}`
      : plural(total, "package");
  if (shown === packages.length) return all;
  return shown === 0 ? `None of ${all} match.` : `${shown} of ${all}`;
}

export function showPackages({ topics, isConnected }) {
  const { about, packages } = topics;
  const isStateful = about?.mode === "stateful";
  byId("without-accounts").hidden = !about || isStateful;
  byId("with-accounts").hidden = !isStateful;
  if (about && !isStateful) setText(byId("without-accounts"), withoutAccounts(about));
  if (!isStateful) return;
  if (!packages) return setText(byId("total"), isConnected ? "Loading…" : "");
  const rows = (packages.packages ?? []).filter(isWanted);
  setText(byId("total"), summary(packages, rows.length));
  keyed(byId("packages"), rows, { key: ({ id }) => id, create: createRow, update: updateRow });
}

const withoutAccounts = ({ mode }) =>
  mode === "upstream"
    ? "The service has the packages; this page cannot list them."
    : "This mock answers from examples. For accounts, packages and a clock, start it with --stateful.";

/** Filter and search. */
export function setUpPackages() {
  byId("search").addEventListener("input", ({ target }) => {
    wanted.text = target.value.trim().toLowerCase();
    showPackages(view);
  });
  byId("states").addEventListener("change", ({ target }) => {
    wanted.state = target.value;
    showPackages(view);
  });
  setUpRows(byId("packages"));
}
