// Follows what happens on the desk: server-sent events, read by hand so that a session may travel in a header. A line
// that breaks is picked up where it broke.

import { headers } from "./api.js";
import { signal } from "./html.js";
import { hear } from "./typing.js";

const SILENT_MS = 40_000; // the server says something every 15 seconds
const AGAIN_MS = [500, 1000, 2000, 4000, 8000];

export const live = signal({ state: "connecting", since: Date.now() });
let last = "";
let stopped = true;
let cut = null;

export function follow(onNews, onRefused, onBack) {
  stopped = false;
  run(onNews, onRefused, onBack);
}

export function stop() {
  stopped = true;
  cut?.abort();
}

async function run(onNews, onRefused, onBack) {
  let failed = 0;
  while (!stopped) {
    try {
      await listen(onNews, onRefused, onBack, () => (failed = 0));
    } catch {
      // what went wrong is told by the state: there is no line
    }
    if (stopped) return;
    if (live.value.state !== "reconnecting") live.value = { state: "reconnecting", since: Date.now() };
    await new Promise((done) => setTimeout(done, AGAIN_MS[Math.min(failed++, AGAIN_MS.length - 1)]));
  }
}

async function listen(onNews, onRefused, onBack, opened) {
  cut = new AbortController();
  let watch = setTimeout(() => cut.abort(), SILENT_MS);
  try {
    const more = last ? { "Last-Event-ID": last } : {};
    const answer = await fetch("api/desk/events", { headers: headers(more), signal: cut.signal, cache: "no-store" });
    if (answer.status === 401) return onRefused();
    if (!answer.ok) return;
    opened();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(() => cut.abort(), SILENT_MS);
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) tell(event, onNews, onBack);
    }
  } finally {
    clearTimeout(watch);
  }
}

function tell(event, onNews, onBack) {
  const before = live.value.state;
  if (before !== "live") live.value = { state: "live", since: Date.now() };
  if (before === "reconnecting") onBack();
  const fields = Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/s, 2)));
  if (fields.id) last = fields.id;
  const news = JSON.parse(fields.data ?? "{}");
  if (news.typing?.length) hear(news.typing);
  if (news.everything || news.tickets?.length || news.customers?.length) onNews(news);
}
