// "Somebody else is writing": told to others while keys are pressed, and forgotten when nobody has said so for a while.

import { post } from "./api.js";
import { html, signal } from "./html.js";
import { t } from "./texts.js";

const TELL_MS = 3000;
const LASTS_MS = 6000;
const writers = signal([]); // { ticket, name, until }
let told = 0;

export function typed(ticket) {
  if (Date.now() - told < TELL_MS) return;
  told = Date.now();
  post(`tickets/${ticket}/typing`, {}).catch(() => {}); // a hint that nobody misses
}

export function hear(news) {
  const until = Date.now() + LASTS_MS;
  const others = writers.value.filter((one) => !news.some((two) => two.ticket === one.ticket && two.name === one.name));
  writers.value = [...others, ...news.map((one) => ({ ...one, until }))];
  setTimeout(() => (writers.value = writers.value.filter((one) => one.until > Date.now())), LASTS_MS + 50);
}

export function Typing({ ticket }) {
  const names = writers.value.filter((one) => one.ticket === ticket).map((one) => one.name);
  return html`<p class="typing" role="status" data-testid="typing">${names.length ? t("typing", { names: names.join(", ") }) : null}</p>`;
}
