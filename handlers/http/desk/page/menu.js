// A button that offers choices. One is open at a time; Escape and a click elsewhere close it.

import { html, Icon, signal } from "./html.js";

export const opened = signal(null);

export function toggle(name) {
  opened.value = opened.value === name ? null : name;
  if (opened.value) requestAnimationFrame(() => document.querySelector(".menu [role=menuitem]")?.focus());
}

// Closes the open menu; who was in it goes on from its button.
export function fold() {
  const button = document.querySelector(`[data-testid=menu-${opened.value}]`);
  opened.value = null;
  button?.focus();
}

export function Menu({ name, label, items, disabled = false, hint }) {
  const open = opened.value === name;
  return html`<div class="menu-place">
    <button
      class="button"
      type="button"
      data-testid=${`menu-${name}`}
      aria-haspopup="menu"
      aria-expanded=${open}
      disabled=${disabled}
      title=${hint}
      onClick=${(event) => {
        event.stopPropagation();
        toggle(name);
      }}
    >
      ${label}<${Icon} name="down" />
    </button>
    ${open &&
    html`<div class="menu" role="menu" aria-label=${label} onKeyDown=${walk}>
      ${items.map(
        (item) => html`<button
          key=${item.key}
          class=${item.bad ? "bad" : ""}
          type="button"
          role="menuitem"
          data-testid=${`${name}-${item.key}`}
          onClick=${() => {
            fold();
            item.does();
          }}
        >
          ${item.mark && html`<span class=${`mark ${item.mark}`} aria-hidden="true"></span>`}${item.words}
        </button>`,
      )}
      ${!items.length && html`<p class="quiet">…</p>`}
    </div>`}
  </div>`;
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
}

document.addEventListener("click", () => (opened.value = null));
