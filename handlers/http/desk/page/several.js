// Several tickets at once: chosen by a box, with shift a whole stretch, or all that are shown.

import { html, Icon } from "./html.js";
import { Menu } from "./menu.js";
import { endings, priorities, snoozes } from "./offers.js";
import { choices, list } from "./state.js";
import { t } from "./texts.js";
import { actOnChosen, chosen } from "./undo.js";

const MOST = 100;
let last = null;

export function choose(number, stretch = false) {
  const ids = list.value.tickets.map((one) => one.id);
  const next = new Set(chosen.value);
  const [from, to] = [ids.indexOf(last), ids.indexOf(number)];
  if (stretch && from >= 0 && to >= 0) ids.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((id) => next.add(id));
  else if (!next.delete(number)) next.add(number);
  last = number;
  chosen.value = new Set([...next].slice(0, MOST));
}

const chooseAll = () => (chosen.value = new Set(list.value.tickets.slice(0, MOST).map((one) => one.id)));

const chooseNone = () => (chosen.value = new Set());

export function Box({ ticket }) {
  return html`<input
    type="checkbox"
    class="box"
    checked=${chosen.value.has(ticket.id)}
    aria-label=${t("choose_ticket", { n: ticket.id })}
    data-testid=${`box-${ticket.id}`}
    onClick=${(event) => choose(ticket.id, event.shiftKey)}
  />`;
}

export function Several() {
  const n = chosen.value.size;
  if (!n) return null;
  return html`<div class="several" role="toolbar" aria-label=${t("several")} data-testid="several">
    <b role="status">${t("chosen_n", { n })}</b>
    <button class="button" type="button" onClick=${chooseAll}>${t("choose_all")}</button>
    <button class="bare" type="button" aria-label=${t("choose_none")} title=${t("choose_none")} onClick=${chooseNone}><${Icon} name="close" /></button>
    <button class="button" type="button" data-testid="several-take" onClick=${() => actOnChosen("take")}>${t("take")}</button>
    <button class="button" type="button" data-testid="several-release" onClick=${() => actOnChosen("release")}>${t("release")}</button>
    <${Menu} name="several-hand" label=${t("hand")} disabled=${!choices.value.colleagues.length} items=${choices.value.colleagues.map((one) => ({ key: one.id, words: one.name, does: () => actOnChosen("hand", String(one.id)) }))} />
    <${Menu} name="several-priority" label=${t("priority")} items=${priorities((one) => actOnChosen("priority", one))} />
    <${Menu} name="several-snooze" label=${t("snooze")} items=${snoozes((one) => actOnChosen("snooze", one))} />
    <${Menu} name="several-close" label=${t("close_ticket")} items=${endings((one) => actOnChosen("close", one))} />
  </div>`;
}
