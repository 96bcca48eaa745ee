import { notice } from "./notice.js";

/** Copies the text of an element. Without https a browser has no clipboard API but can still copy a selection. */
export async function copyFrom(node) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    notice("Copied.");
  } catch {
    getSelection().selectAllChildren(node);
    const isCopied = document.execCommand("copy");
    notice(isCopied ? "Copied." : "Selected: copy it with the keyboard.", !isCopied);
  }
}
