// A picture as large as the window; the arrows go on to the next one of the conversation.

import { effect, html, Icon, signal } from "./html.js";
import { isPicture, pathOf, save, Source } from "./files.js";
import { talk } from "./state.js";
import { t } from "./texts.js";

const seen = signal(null);
let opener = null;

export function look(line) {
  opener = document.activeElement;
  seen.value = line;
}

const pictures = () => talk.value.lines.filter((line) => line.file && !line.file.too_big && (["photo", "live_photo"].includes(line.kind) || isPicture(line)));

function step(by) {
  const all = pictures();
  const at = all.findIndex((line) => line.id === seen.value.id);
  seen.value = all[Math.max(0, Math.min(all.length - 1, at + by))] ?? seen.value;
}

// The dialog of the browser keeps the focus inside, and closes on Escape, by itself.
function key(event) {
  event.stopPropagation();
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by) step(by);
}

effect(() => {
  if (seen.value) requestAnimationFrame(() => {
    const box = document.querySelector("dialog.viewer");
    if (box && !box.open) box.showModal();
  });
});

function shut() {
  seen.value = null;
  opener?.isConnected && opener.focus();
}

export function Viewer() {
  const line = seen.value;
  if (!line) return null;
  return html`<dialog class="viewer" aria-label=${line.text || t("picture")} data-testid="viewer" onKeyDown=${key} onClose=${shut} onClick=${(event) => event.target === event.currentTarget && shut()}>
    <div class="top">
      <a class="bare" href=${`${pathOf(line)}?keep=true`} download=${line.file.name ?? "picture.jpg"} aria-label=${t("download")} title=${t("download")} onClick=${(event) => save(event, line)}><${Icon} name="down_line" /></a>
      <button class="bare" type="button" aria-label=${t("close")} onClick=${shut}><${Icon} name="close" /></button>
    </div>
    <${Source} key=${line.id} path=${pathOf(line)} failed=${shut} draw=${(address) => html`<img src=${address} alt=${line.text || t("picture")} />`} />
    ${pictures().length > 1 && html`<div class="steps"><button class="bare" type="button" aria-label=${t("picture_before")} onClick=${() => step(-1)}><${Icon} name="back" /></button><button class="bare" type="button" aria-label=${t("picture_after")} onClick=${() => step(1)}><${Icon} name="forth" /></button></div>`}
  </dialog>`;
}
