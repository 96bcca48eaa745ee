import { copyFrom } from "./copy.js";
import { byId, el, setText } from "./dom.js";
import { bytes } from "./format.js";
import { setUpTables } from "./tables.js";

const MODES = {
  examples:
    "Answers come from the document's examples. To keep what you create, start the mock with --stateful.",
  stateful: "This mock keeps what you create. Each user ID has its own account; any API key works.",
  upstream: "Requests go to a service; they and its answers are checked against the document.",
};

const LINKS = {
  ui: ["Watch and control", "Packages, SIMs, clock, faults and recent requests"],
  reference: ["API reference", "Read about every operation and try it"],
  document: ["The document", "The OpenAPI file that this mock serves"],
};

/** The page shows only the first ones; the JSON has all. */
const SIMS_SHOWN = 12;

const row = (...cells) => el("tr", { role: "row" }, ...cells.map((cell) => el("td", { role: "cell" }, cell)));

const listed = ({ method, path, summary }) =>
  el("li", {}, el("code", {}, el("strong", {}, method), ` ${path}`), el("span", { class: "soft" }, summary));

setUpTables();
const description = await (await fetch("/", { headers: { accept: "application/json" } })).json();
const { mode, upstream, links, commands, operations, account } = description;

setText(byId("mode"), upstream ? `${MODES[mode]} The service is ${upstream}.` : MODES[mode]);
for (const [name, [title, about]] of Object.entries(LINKS)) {
  if (!links[name]) continue;
  byId("links").append(
    el(
      "a",
      { class: "card", href: links[name] },
      el("strong", {}, title),
      el("span", { class: "soft" }, about),
    ),
  );
}
for (const { does, command } of commands) {
  const text = el("pre", {}, command);
  const copy = el("button", { type: "button", "aria-label": `Copy: ${does}` }, "Copy");
  copy.addEventListener("click", () => copyFrom(text));
  byId("commands").append(el("div", { class: "command" }, el("p", {}, does), text, copy));
}
setText(byId("operation-count"), operations.length);
for (const tag of new Set(operations.map((each) => each.tag))) {
  const own = operations.filter((each) => each.tag === tag);
  byId("operations").append(
    el("section", {}, el("h3", {}, tag || "Untagged"), el("ul", {}, ...own.map(listed))),
  );
}
if (account) {
  byId("account").hidden = false;
  for (const { id, name, data_usage_allowance } of account.templates)
    byId("templates").append(row(id, name, bytes(data_usage_allowance)));
  setText(byId("free"), `${account.freeSims.total} in account ${account.user}`);
  for (const { iccid } of account.freeSims.sims.slice(0, SIMS_SHOWN))
    byId("sims").append(el("li", {}, iccid));
}
