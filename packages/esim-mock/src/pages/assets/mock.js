const RECONNECTING_MS = 1_000;

/** What is shown: the latest topics, and the current selection. */
export const view = { topics: {}, user: "me", selected: "", sim: "", isConnected: true, ahead: 0 };

const listeners = [];
let stream;
let reconnecting;
/** How far the mock's machine is ahead of this one. */
let skew = 0;

/** Calls a function after each change of the view. */
export const onChange = (listener) => listeners.push(listener);
const changed = () => {
  for (const listener of listeners) listener(view);
};

/** The mock's time. */
export const now = () => Date.now() + skew + (view.topics.clock?.ahead ?? 0);

/** Sends a request to the mock and returns the answer's JSON. Throws an error with the mock's message. */
export async function send(method, path, body) {
  const headers = { "x-user-id": view.user, "x-api-key": "any" };
  // Sent without a body too: the JSON type proves to the mock that no other page's form sent the request.
  if (method === "POST") headers["content-type"] = "application/json";
  const response = await fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  const answer = text === "" ? {} : JSON.parse(text);
  if (!response.ok) throw new Error(answer.message ?? `The mock answered ${response.status}`);
  return answer;
}

/** Subscribes to a user's account. */
export function listen() {
  clearTimeout(reconnecting);
  stream?.close();
  stream = new EventSource(`/_mock/events?user=${encodeURIComponent(view.user)}`);
  stream.addEventListener("open", measureSkew);
  stream.addEventListener("message", ({ data }) => {
    Object.assign(view.topics, JSON.parse(data));
    view.isConnected = true;
    changed();
  });
  stream.addEventListener("error", () => {
    // With our own timer: by itself a browser waits for seconds, and gives up after some answers.
    stream.close();
    view.isConnected = false;
    changed();
    reconnecting = setTimeout(listen, RECONNECTING_MS);
  });
}

async function measureSkew() {
  const sent = Date.now();
  const clock = await send("GET", "/_mock/clock").catch(() => undefined);
  if (clock) skew = clock.now - clock.ahead - (sent + Date.now()) / 2;
  changed();
}

/** Clears what belongs to the previous account. */
export function lookAt({ user, selected, sim }) {
  const isOther = user !== view.user;
  Object.assign(view, { user, selected, sim });
  if (isOther) {
    for (const topic of ["packages", "sims", "lines"]) delete view.topics[topic];
    listen();
  }
  changed();
}

// A browser allows only a few connections to one server: hidden pages free theirs for others.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) stream?.close();
  else if (stream) listen();
});
