// The small bar of the composer, and the same by keys: those of Telegram's own programs.

import { html, Icon } from "./html.js";
import { t } from "./texts.js";

const FORMATS = [
  { what: "bold", sign: "B", key: "KeyB", keys: "Ctrl B" },
  { what: "italic", sign: "I", key: "KeyI", keys: "Ctrl I" },
  { what: "strikethrough", sign: "S", key: "KeyX", shift: true, keys: "Ctrl Shift X" },
  { what: "code", sign: "</>", key: "KeyM", shift: true, keys: "Ctrl Shift M" },
  { what: "text_link", sign: html`<${Icon} name="link" />`, key: "KeyK", keys: "Ctrl K" },
  { what: "blockquote", sign: "❝", key: "Period", shift: true, keys: "Ctrl Shift ." },
  { what: "spoiler", sign: html`<${Icon} name="hidden" />`, key: "KeyP", shift: true, keys: "Ctrl Shift P" },
];

export const formatOf = (event) =>
  (event.ctrlKey || event.metaKey) && FORMATS.find((one) => one.key === event.code && Boolean(one.shift) === event.shiftKey)?.what;

export function Bar({ use }) {
  return html`<div class="formats" role="toolbar" aria-label=${t("formats")}>
    ${FORMATS.map((one) => html`<button key=${one.what} type="button" class=${one.what} data-testid=${`format-${one.what}`} aria-label=${t(`format_${one.what}`)} title=${`${t(`format_${one.what}`)} · ${one.keys}`} onMouseDown=${(event) => event.preventDefault()} onClick=${() => use(one.what)}>${one.sign}</button>`)}
  </div>`;
}
