// The conversation in the middle: who said what and when, what the bot thought of it, and what can be done about it.

import { html, Icon, signal } from "./html.js";
import { Composer } from "./composer.js";
import { Lesson } from "./lesson.js";
import { endings, priorities, snoozes } from "./offers.js";
import { act, choices, current, mine, subject } from "./state.js";
import { Talk } from "./talk.js";
import { t } from "./texts.js";
import { full, span } from "./times.js";
import { Menu } from "./menu.js";

export const panel = signal(false);

export function Conversation() {
  if (!current.value) return html`<section class="conversation none"><div class="empty"><p><b>${t("choose")}</b></p><p class="quiet">${t("choose_more")}</p></div></section>`;
  const found = subject.value;
  return html`<section class="conversation" aria-label=${t("conversation")}>
    <header class="about">
      <a class="bare back" href="#" aria-label=${t("back")}><${Icon} name="back" /></a>
      <div class="whom">
        <h2>${found ? found.customer.name : `#${current.value}`}</h2>
        ${found && html`<p data-testid="state"><span class="mark ${found.ticket.priority}"></span>#${found.ticket.id} · ${state(found.ticket)}</p>`}
      </div>
      <button class="bare info" type="button" aria-pressed=${panel.value} aria-label=${t("customer")} title=${t("customer")} data-testid="customer-toggle" onClick=${() => (panel.value = !panel.value)}><${Icon} name="person" /></button>
      ${found && html`<${Verbs} ticket=${found.ticket} />`}
    </header>
    <${Talk} />
    ${found && html`<${Lesson} key=${`lesson${found.ticket.id}`} ticket=${found.ticket.id} />`}
    ${found && html`<${Composer} key=${found.ticket.id} subject=${found} />`}
  </section>`;
}

function state(ticket) {
  const who = ticket.operator && ticket.state !== "closed" ? ` · ${mine.value ? t("yours") : ticket.operator.name}` : "";
  const waited = ticket.state === "waiting" && span(ticket.waiting_since);
  if (waited) return (waited === t("just_now") ? t("state_waiting_now") : t("state_waiting", { span: waited })) + who;
  if (ticket.state === "snoozed")
    return (ticket.snoozed_until ? t("state_snoozed", { at: full(ticket.snoozed_until) }) : t("state_snoozed_reply")) + who;
  return t(`state_${ticket.state}`) + who;
}

function Verbs({ ticket }) {
  if (ticket.state === "closed")
    return html`<div class="verbs"><button class="button" type="button" data-testid="reopen" onClick=${() => act("reopen")}>${t("reopen")}</button></div>`;
  const others = choices.value.colleagues.filter((one) => one.id !== ticket.operator?.id);
  return html`<div class="verbs" role="toolbar" aria-label=${t("verbs")}>
    ${mine.value
      ? html`<button class="button" type="button" data-testid="release" onClick=${() => act("release")}>${t("release")}</button>`
      : html`<button class="button primary" type="button" data-testid="take" disabled=${Boolean(ticket.operator)} title=${ticket.operator ? t("taken_by", { name: ticket.operator.name }) : ""} onClick=${() => act("take")}>${t("take")}</button>`}
    <${Menu} name="hand" label=${t("hand")} disabled=${!others.length} hint=${others.length ? "" : t("hand_nobody")} items=${others.map((one) => ({ key: one.id, words: one.name, does: () => act("hand", String(one.id)) }))} />
    <${Menu} name="priority" label=${t("priority")} items=${priorities((one) => act("priority", one))} />
    ${choices.value.places.length > 1 && html`<${Menu} name="move" label=${t("move")} items=${choices.value.places.map((one) => ({ key: one.code, words: one.name, does: () => act("move", one.code) }))} />`}
    ${ticket.state === "snoozed" && html`<button class="button" type="button" data-testid="wake" onClick=${() => act("wake")}>${t("wake")}</button>`}
    <${Menu} name="snooze" label=${t("snooze")} items=${snoozes((one) => act("snooze", one))} />
    <${Menu} name="close" label=${t("close_ticket")} items=${endings((one) => act("close", one))} />
  </div>`;
}
