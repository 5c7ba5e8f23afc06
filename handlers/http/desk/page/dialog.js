// The one dialog that may stand over the page: which one is open, and how it keeps the focus until it is shut.

import { effect, html, Icon, signal } from "./html.js";
import { t } from "./texts.js";

export const dialog = signal(null); // the name of its body

export const shut = () => (dialog.value = null);

// Whoever opened a dialog finds themselves where they were before it.
let before = null;
effect(() => {
  if (dialog.value) {
    before ??= document.activeElement;
    requestAnimationFrame(() => document.querySelector(".dialog > .shut")?.focus());
    return;
  }
  const opener = before;
  before = null;
  if (opener) requestAnimationFrame(() => opener.isConnected && opener.focus());
});

function hold(event) {
  if (event.key !== "Tab") return;
  const all = [...event.currentTarget.querySelectorAll("button:not(:disabled), a[href], input")];
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement !== from && event.currentTarget.contains(document.activeElement)) return;
  event.preventDefault();
  to.focus();
}

export function Dialog({ children }) {
  return html`<div class="veil" onClick=${shut}>
    <div class="dialog" role="dialog" tabindex="-1" aria-modal="true" aria-labelledby="dialog-title" data-testid="dialog" onKeyDown=${hold} onClick=${(event) => event.stopPropagation()}>
      <button class="bare shut" type="button" aria-label=${t("close")} onClick=${shut}><${Icon} name="close" /></button>
      ${children}
    </div>
  </div>`;
}
