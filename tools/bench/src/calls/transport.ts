import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** What is published for each request, and by what. */
const CHANNELS = { "http.client.request.start": "node:http", "undici:request:create": "undici" };

/** What the requests of an action go over, as Node itself reports it; both, if it is both. */
export async function transportOf(action: () => Promise<void>): Promise<string> {
  const used = new Set<string>();
  const listeners = Object.entries(CHANNELS).map(([channel, transport]) => ({
    channel,
    listener: () => void used.add(transport),
  }));
  for (const { channel, listener } of listeners) subscribe(channel, listener);
  try {
    await action();
  } finally {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener);
  }
  return [...used].join(" and ");
}
