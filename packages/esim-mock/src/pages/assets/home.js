import { copyFrom } from "./copy.js";
import { byId, el, setText } from "./dom.js";
import { bytes } from "./format.js";
import { setUpTables } from "./tables.js";

const MODES = {
  examples:
    "It answers from the document's examples. Start it with --stateful, and it keeps what you create.",
  stateful: "It keeps what you create: each user ID has an account of its own. Any API key will do.",
  upstream: "It passes requests on to a service, and checks both ways against the document.",
};

const LINKS = {
  ui: ["Watch and control", "Packages, SIMs, clock, faults and the last requests"],
  reference: ["API reference", "Read every operation, and try it"],
  document: ["The document", "OpenAPI, as it is served"],
};

/** The page shows the first ones; the rest is in the JSON. */
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
    el("section", {}, el("h3", {}, tag || "Without a tag"), el("ul", {}, ...own.map(listed))),
  );
}
if (account) {
  byId("account").hidden = false;
  for (const { id, name, data_usage_allowance } of account.templates)
    byId("templates").append(row(id, name, bytes(data_usage_allowance)));
  setText(byId("free"), `${account.freeSims.total} of account ${account.user}`);
  for (const { iccid } of account.freeSims.sims.slice(0, SIMS_SHOWN))
    byId("sims").append(el("li", {}, iccid));
}
