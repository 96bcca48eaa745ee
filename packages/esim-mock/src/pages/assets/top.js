import { ask } from "./ask.js";
import { byId, setOptions, setText } from "./dom.js";
import { span } from "./format.js";
import { now, send, view } from "./mock.js";
import { attempt } from "./notice.js";
import { addressOf } from "./packages.js";

const move = (to) =>
  attempt(
    () => send("POST", "/_mock/clock", to),
    ({ iso }) => `The time is now ${iso.slice(0, 16).replace("T", " ")}.`,
  );

export function setUpTop() {
  for (const button of document.querySelectorAll("[data-advance]"))
    button.addEventListener("click", () => move({ advance: button.dataset.advance }));
  byId("set-clock").addEventListener("submit", (event) => {
    event.preventDefault();
    // The page shows and reads the mock's time in UTC.
    move({ set: `${byId("set-to").value}Z` });
  });
  byId("reset").addEventListener("click", async () => {
    const question = "Start over? This resets every account and the clock, and removes all faults.";
    if (await ask(question, "Start over")) attempt(() => send("POST", "/_mock/reset"), "Started over.");
  });
  byId("user").addEventListener("change", ({ target }) => {
    location.hash = `#${encodeURIComponent(target.value.trim() || view.user)}`;
  });
}

/** Runs every second, and after each event. */
export function showTime() {
  setText(byId("now"), new Date(now()).toISOString().slice(0, 19).replace("T", " "));
}

export function showTop({ topics, user, isConnected }) {
  const { about, clock, accounts } = topics;
  const field = byId("user");
  if (document.activeElement !== field) field.value = user;
  setOptions(
    byId("accounts"),
    (accounts?.accounts ?? []).map((each) => ({ value: each.user, label: `${each.packages} packages` })),
  );
  setText(byId("mode"), about?.mode ?? "");
  setText(byId("ahead"), clock?.ahead ? `(${span(clock.ahead)} ahead)` : "");
  for (const id of ["account-box", "clock-box"]) byId(id).hidden = about?.mode !== "stateful";
  byId("banner").hidden = isConnected;
  setText(
    byId("banner-text"),
    isConnected ? "" : `No answer from ${location.origin}. Is the mock running? Trying again…`,
  );
  document.title = isConnected ? "esim-mock" : "esim-mock (not running)";
  showTime();
  // Opened in a new tab, the link keeps the account.
  byId("all-packages").href = addressOf("");
}
