// The way to the server: actions go by POST, news comes by Server-Sent Events.

import { known, t } from "./texts.js";
import { toast } from "./notice.js";

export async function post(path, body) {
  const form = body instanceof FormData;
  try {
    const answer = await fetch(`/playground/${path}`, {
      method: "POST",
      headers: form ? {} : { "Content-Type": "application/json" },
      body: form ? body : JSON.stringify(body),
    });
    const found = await answer.json().catch(() => ({}));
    if (answer.ok) return found;
    const reason = known(`error_${found.code}`, found.error ?? String(answer.status));
    toast(t("failed", { reason }), "error");
  } catch {
    toast(t("offline"), "error");
  }
  return null;
}

// Opens the stream, then asks for the whole state; what arrives in between waits. A broken stream starts over, and so
// does one on which everything became another.
export function follow({ onState, onEvent, onOffline }) {
  let early = [];
  const source = new EventSource("/playground/events");
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.kind === "anew") begin(true);
    else if (early) early.push(event);
    else onEvent(event);
  };
  source.onopen = () => begin(false);
  const begin = async (anew) => {
    early = [];
    try {
      onState(await (await fetch("/playground/state")).json(), anew);
    } catch {
      onOffline();
      return;
    }
    const waiting = early;
    early = null;
    waiting.forEach(onEvent);
  };
  source.onerror = onOffline;
}
