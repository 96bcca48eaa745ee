import { byId, el, keyed, setText } from "./dom.js";

export function showDrift({ topics }) {
  const { upstream, requests, drift = [] } = topics.drift ?? {};
  byId("drift-box").hidden = !upstream;
  if (!upstream) return;
  setText(byId("drift-summary"), `${drift.length ? "" : "None in "}${requests} requests to ${upstream}`);
  keyed(byId("drift"), drift, { key: keyOf, create: createEntry, update: updateEntry });
}

const keyOf = ({ operation, direction, field, kind }) => JSON.stringify([operation, direction, field, kind]);

function createEntry({ operation, direction, field }) {
  const parts = { count: el("span", { class: "mono status" }), kind: el("div", { class: "soft" }) };
  const node = el(
    "li",
    {},
    parts.count,
    el("div", {}, `${operation || "no operation"}, ${direction}: `, el("code", {}, field), parts.kind),
  );
  parts.count.dataset.verdict = "server";
  node.parts = parts;
  return node;
}

function updateEntry({ parts }, { kind, count, example }) {
  setText(parts.count, `${count}×`);
  setText(
    parts.kind,
    example.value === undefined ? kind : `${kind}, such as ${JSON.stringify(example.value)}`,
  );
}
