import { byId, setText } from "./dom.js";

const SHOWN_MS = 8_000;
let hiding;

/** Shows a notice, which screen readers announce too. */
export function notice(text, isProblem = false) {
  const node = byId("notice");
  node.classList.toggle("problem", isProblem);
  setText(node, text);
  node.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    node.classList.remove("shown");
    node.textContent = "";
  }, SHOWN_MS);
}

/** Runs an action and shows the outcome. */
export async function attempt(action, done) {
  try {
    const result = await action();
    notice(typeof done === "function" ? done(result) : done);
    return result;
  } catch (error) {
    notice(error instanceof TypeError ? "The mock did not answer." : error.message, true);
    return undefined;
  }
}
