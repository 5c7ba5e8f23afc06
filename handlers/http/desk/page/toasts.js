// Short words about what has just happened; they go by themselves, and screen readers say them.

import { html, Icon, signal } from "./html.js";
import { t } from "./texts.js";

const LASTS_MS = 6000;
const ACTION_MS = 20_000; // whoever goes by keys needs longer to reach a button
const toasts = signal([]);
let number = 0;

// `action`: a button beside the words, `{ words, does }`.
export function tell(words, kind = "good", action = null) {
  const id = ++number;
  toasts.value = [...toasts.value.filter((one) => one.words !== words), { id, words, kind, action }].slice(-3);
  setTimeout(() => forget(id), action ? ACTION_MS : LASTS_MS);
}

const forget = (id) => (toasts.value = toasts.value.filter((one) => one.id !== id));

export function Toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map(
      (one) => html`<div key=${one.id} class="toast ${one.kind}" data-testid="toast">
        <span>${one.words}</span>
        ${one.action && html`<button class="button" type="button" data-testid="toast-action" onClick=${() => { forget(one.id); one.action.does(); }}>${one.action.words}</button>`}
        <button class="bare" type="button" aria-label=${t("close")} onClick=${() => forget(one.id)}><${Icon} name="close" /></button>
      </div>`,
    )}
  </div>`;
}
