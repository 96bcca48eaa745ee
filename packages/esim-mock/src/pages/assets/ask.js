import { byId, setText } from "./dom.js";

/** Asks before something that cannot be undone. The safe answer has the focus; Escape means "no". */
export function ask(question, verb) {
  const dialog = byId("ask");
  setText(byId("ask-question"), question);
  setText(byId("ask-yes"), verb);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
for (const [id, answer] of [
  ["ask-yes", "yes"],
  ["ask-no", ""],
]) {
  byId(id).addEventListener("click", () => byId("ask").close(answer));
}
