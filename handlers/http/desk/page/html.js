// The one place where the library is put together: markup in template strings, redrawn when a signal changes.

import { Component, createElement, render } from "./vendor/preact.mjs";
import htm from "./vendor/htm.mjs";
import { batch, computed, effect, signal, untracked } from "./vendor/signals-core.mjs";

export const html = htm.bind(createElement);
export { Component, batch, computed, effect, signal, untracked };

// Everything is drawn again from the top: whatever a part reads of the state, the page follows.
export function mount(App, root) {
  effect(() => render(createElement(App), root));
}

const SHAPES = {
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-7z",
  note: "M5 4h14v11l-5 5H5z M14 20v-5h5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.500 20c.8-4 3.800-6 7.500-6s6.700 2 7.500 6",
  keys: "M3 7h18v10H3z M7 11h.01M11 11h.01M15 11h.01M8 14h8",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15z M10 21h4",
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3.500 2",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  filter: "M4 6h16M7 12h10M10 18h4",
  forth: "M9 5l7 7-7 7",
  file: "M6 3h8l5 5v13H6z M14 3v5h5",
  down_line: "M12 4v11M7 11l5 5 5-5M5 20h14",
  answer: "M10 6l-6 5 6 5v-3c5 0 8 1 10 5 0-6-4-9-10-9z",
  smile: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M9 9.500v1 M15 9.500v1 M8 14.500a5 5 0 0 0 8 0",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1 M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  hidden: "M3 3l18 18 M10 6.200A9 9 0 0 1 21 12a13 13 0 0 1-2.500 3.300 M6.500 7.500A13 13 0 0 0 3 12c2 4 5.300 6 9 6a9 9 0 0 0 4-.9",
  clip: "M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.400 3.400 0 0 1 5 5l-8.500 8.500a1.700 1.700 0 0 1-2.500-2.500L15 7",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${SHAPES[name]} /></svg>`;
}
