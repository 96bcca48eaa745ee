import { notice } from "./notice.js";

/** Copies the text of an element. Without https a browser has no clipboard, but can still copy what is selected. */
export async function copyFrom(node) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    notice("Copied.");
  } catch {
    getSelection().selectAllChildren(node);
    const isCopied = document.execCommand("copy");
    notice(isCopied ? "Copied." : "It is selected: copy it with the keyboard.", !isCopied);
  }
}
