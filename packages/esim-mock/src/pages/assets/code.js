import { commandOf, LANGUAGE_NAMES, labelOf } from "./commands.js";
import { copyFrom } from "./copy.js";
import { byId, el, setAttribute, setOptions, setText } from "./dom.js";

/** Fills a block with an operation as a command to copy. Returns a function that shows it for other values. */
export function codeBlock(id, operations, values) {
  let language = LANGUAGE_NAMES[0];
  const what = el("select", { "aria-label": "What to copy", onchange: show });
  setOptions(
    what,
    operations.map((value) => ({ value, label: labelOf(value) })),
  );
  const buttons = LANGUAGE_NAMES.map((each) =>
    el("button", { type: "button", onclick: () => choose(each) }, each),
  );
  const text = el("pre", {});
  const copy = el("button", { type: "button", class: "copy", onclick: () => copyFrom(text) }, "Copy");
  what.hidden = operations.length === 1;
  byId(id).append(el("div", { class: "row" }, what, el("div", { class: "group" }, ...buttons), copy), text);

  function choose(chosen) {
    language = chosen;
    show();
  }
  function show() {
    for (const button of buttons) setAttribute(button, "aria-pressed", button.textContent === language);
    setText(text, commandOf(what.value, language, { origin: location.origin, ...values() }));
  }
  return show;
}
