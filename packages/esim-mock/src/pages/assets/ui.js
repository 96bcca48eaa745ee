import { setUpCreate, showCreate } from "./create.js";
import { setUpDetail, showDetail } from "./detail.js";
import { byId } from "./dom.js";
import { showDrift } from "./drift.js";
import { setUpFaults, showFaults } from "./faults.js";
import { listen, lookAt, onChange, view } from "./mock.js";
import { setUpPackages, showPackages } from "./packages.js";
import { setUpRequests, showRequests } from "./requests.js";
import { setUpTables } from "./tables.js";
import { setUpTop, showTime, showTop } from "./top.js";

for (const setUp of [
  setUpTables,
  setUpTop,
  setUpPackages,
  setUpDetail,
  setUpCreate,
  setUpFaults,
  setUpRequests,
])
  setUp();
for (const show of [showTop, showPackages, showDetail, showCreate, showFaults, showRequests, showDrift])
  onChange(show);

/** The address says which account, and which of its packages: `#me/pkg_123456`. */
function readAddress() {
  const [user, selected] = location.hash.slice(1).split("/").map(decode);
  return [user || "me", selected ?? ""];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener("hashchange", () => {
  const [user, selected] = readAddress();
  const isOpened = selected !== "" && selected !== view.selected;
  lookAt(user, selected);
  if (!isOpened || byId("detail").hidden) return;
  byId("detail-title").focus({ preventScroll: true });
  // Where it is not in sight beside the list, go there.
  if (matchMedia("(max-width: 900px)").matches) byId("detail").scrollIntoView({ block: "start" });
});

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, select, dialog");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  byId("search").focus();
});

// Not by its address, which would stand for another account.
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});

[view.user, view.selected] = readAddress();
listen();
setInterval(showTime, 1_000);
// "expires in 3 min" goes on without an event.
setInterval(() => {
  showPackages(view);
  showDetail();
}, 20_000);
