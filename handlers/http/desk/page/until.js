// "Until…" of Snooze: a day and a time by the reader's own clock, whose zone stands beside it.

import { dialog, shut } from "./dialog.js";
import { html, signal } from "./html.js";
import { t } from "./texts.js";
import { now, zone } from "./times.js";

const DAY_MS = 86_400_000;
const NINE = 9;
const does = signal(null); // what is done with the moment that is chosen

export function askUntil(act) {
  does.value = act;
  dialog.value = "until";
}

// As a field of a form takes it: without a zone, by the reader's clock.
const local = (moment) => new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function choose(event) {
  event.preventDefault();
  const at = Date.parse(event.currentTarget.elements.at.value);
  const act = does.value;
  shut();
  act(`at:${Math.floor(at / 1000)}`);
}

export function Until() {
  const tomorrow = new Date(now.value + DAY_MS).setHours(NINE, 0, 0, 0);
  return html`<h2 id="dialog-title">${t("snooze_until")}</h2>
    <form class="until" onSubmit=${choose}>
      <label><span>${t("snooze_when", { zone: zone() })}</span>
        <input type="datetime-local" name="at" required min=${local(now.value)} max=${local(now.value + 365 * DAY_MS)} defaultValue=${local(tomorrow)} data-testid="until-at" /></label>
      <button class="button primary" type="submit" data-testid="until-go">${t("snooze")}</button>
    </form>`;
}
