import { byId, el, keyed, setText } from "./dom.js";
import { clockTime } from "./format.js";
import { view } from "./mock.js";

const verdict = (status) => {
  if (status === 0 || status >= 500) return "server";
  return status >= 400 ? "client" : "ok";
};

/** The newest that has been shown; newer ones are highlighted briefly. */
let newest;

function createRow({ number }) {
  const parts = {
    status: el("span", { class: "status mono" }),
    time: el("time", { class: "mono soft" }),
    user: el("span", { class: "mono" }),
    request: el("span", { class: "mono" }),
    notes: el("ul", { class: "notes" }),
  };
  const row = el(
    "tr",
    { role: "row", class: newest !== undefined && number > newest ? "new" : undefined },
    el("td", { role: "cell", class: "of-status" }, parts.status),
    el("td", { role: "cell", class: "of-request" }, parts.request, parts.notes),
    el("td", { role: "cell", class: "of-user" }, parts.user),
    el("td", { role: "cell", class: "of-time" }, parts.time),
  );
  row.parts = parts;
  return row;
}

function updateRow({ parts }, { method, path, status, user, time, notes }) {
  parts.status.dataset.verdict = verdict(status);
  setText(parts.status, status || "cut");
  setText(parts.request, `${method} ${path}`);
  setText(parts.user, user || "–");
  setText(parts.time, clockTime(time));
  parts.time.dateTime = new Date(time).toISOString();
  keyed(parts.notes, [...new Set(notes)], {
    key: (note) => note,
    create: () => el("li"),
    update: (node, note) => setText(node, note),
  });
}

export function showRequests({ topics }) {
  const isOnlyMine = byId("only-mine").checked;
  const all = topics.requests ?? [];
  const shown = all.filter(({ user }) => !isOnlyMine || user === view.user);
  byId("no-requests").hidden = shown.length > 0;
  byId("requests-table").hidden = shown.length === 0;
  keyed(byId("requests"), shown, { key: ({ number }) => number, create: createRow, update: updateRow });
  if (topics.requests) newest = all[0]?.number ?? 0;
}

export function setUpRequests() {
  byId("only-mine").addEventListener("change", () => showRequests(view));
}
