import { setUpCreate, showCreate } from "./create.js";
import { setUpDetail, showDetail } from "./detail.js";
import { byId } from "./dom.js";
import { showDrift } from "./drift.js";
import { setUpFaults, showFaults } from "./faults.js";
import { listen, lookAt, onChange, view } from "./mock.js";
import { setUpPackages, showPackages } from "./packages.js";
import { setUpRequests, showRequests } from "./requests.js";
import { onceShown, setUpSimCard, showSimCard } from "./sim-card.js";
import { setUpSims, showSims } from "./sims.js";
import { setUpTables } from "./tables.js";
import { setUpTop, showTime, showTop } from "./top.js";

for (const setUp of [
  setUpTables,
  setUpTop,
  setUpPackages,
  setUpSims,
  setUpSimCard,
  setUpDetail,
  setUpCreate,
  setUpFaults,
  setUpRequests,
])
  setUp();
for (const show of [
  showTop,
  showPackages,
  showSims,
  showSimCard,
  showDetail,
  showCreate,
  showFaults,
  showRequests,
  showDrift,
])
  onChange(show);

/** The URL names the account and the selected package or SIM: `#me/pkg_123456`, `#me/sim/8910300000045681955`. */
function readAddress() {
  const [user, what = "", iccid = ""] = location.hash.slice(1).split("/").map(decode);
  const isSim = what === "sim";
  return { user: user || "me", selected: isSim ? "" : what, sim: isSim ? iccid : "" };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener("hashchange", () => {
  const address = readAddress();
  const { selected, sim } = address;
  const isOpened = `${selected} ${sim}` !== `${view.selected} ${view.sim}`;
  lookAt(address);
  if (isOpened && selected) goTo("detail", "detail-title");
  if (isOpened && sim) onceShown(() => goTo("sim-card", "sim-title"));
});

function goTo(section, title) {
  if (byId(section).hidden) return;
  byId(title).focus({ preventScroll: true });
  // On narrow screens, scroll to it.
  if (matchMedia("(max-width: 900px)").matches) byId(section).scrollIntoView({ block: "start" });
}

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, select, dialog");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  byId("search").focus();
});

// Not through the hash, which would select another account.
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});

Object.assign(view, readAddress());
listen();
setInterval(showTime, 1_000);
// "expires in 3 min" changes without an event.
setInterval(() => {
  showPackages(view);
  showDetail();
}, 20_000);
