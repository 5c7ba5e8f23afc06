// The list on the left: which tickets wait, whose they are, and how long already.

import { html, Icon, signal } from "./html.js";
import { choices, counts, current, filters, list, loadList, loadMore, narrow, show, view, VIEWS } from "./state.js";
import { named, t } from "./texts.js";
import { full, span } from "./times.js";

const PRIORITIES = ["critical", "high", "medium", "low"];
const narrowing = signal(false);

export function Inbox() {
  return html`<section class="inbox" aria-label=${t("inbox")}>
    <div class="views">
      <div class="tabs" role="tablist" aria-label=${t("inbox")}>${VIEWS.map((name) => html`<${Tab} key=${name} name=${name} />`)}</div>
      <button
        class="bare filter"
        type="button"
        aria-pressed=${narrowing.value}
        aria-label=${t("filters")}
        title=${t("filters")}
        data-testid="filters"
        onClick=${() => (narrowing.value = !narrowing.value)}
      >
        <${Icon} name="filter" />${Object.values(filters.value).some(Boolean) && html`<i class="dot"></i>`}
      </button>
    </div>
    ${narrowing.value && html`<${Filters} />`}
    <div class="scroll" id="inbox-list" role="tabpanel" onScroll=${nearEnd}>
      <ul class="tickets">
        ${list.value.tickets.map((one) => html`<${Row} key=${one.id} ticket=${one} />`)}
      </ul>
      <${Foot} />
    </div>
  </section>`;
}

function Tab({ name }) {
  const count = counts.value[name];
  return html`<button
    class="tab"
    type="button"
    role="tab"
    aria-selected=${view.value === name}
    aria-controls="inbox-list"
    data-testid=${`view-${name}`}
    onClick=${() => show(name)}
  >
    ${t(`view_${name}`)}${count > 0 && html`<span class="count ${name === "waiting" ? "hot" : ""}">${count}</span>`}
  </button>`;
}

function Filters() {
  const scenarios = Object.entries(choices.value.scenarios);
  return html`<div class="filters">
    <${Choice} name="priority" options=${PRIORITIES.map((one) => [one, named("priority_name", one)])} />
    <${Choice} name="channel" options=${["telegram", "api"].map((one) => [one, t(`channel_${one}`)])} />
    <${Choice} name="scenario" options=${scenarios} />
  </div>`;
}

function Choice({ name, options }) {
  return html`<label>
    <span>${t(`by_${name}`)}</span>
    <select value=${filters.value[name]} onChange=${(event) => narrow({ [name]: event.target.value })}>
      <option value="">${t("any")}</option>
      ${options.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>
  </label>`;
}

function Row({ ticket }) {
  const chosen = current.value === ticket.id;
  return html`<li>
    <a
      class="ticket ${chosen ? "chosen" : ""}"
      href=${`#t${ticket.id}`}
      aria-current=${chosen ? "true" : undefined}
      data-testid=${`ticket-${ticket.id}`}
    >
      <span class="mark ${ticket.priority}" title=${named("priority_name", ticket.priority)}></span>
      <span class="who">
        <b>${ticket.customer}</b>
        <span class="hidden">, ${named("priority_name", ticket.priority)}</span>
        <small>#${ticket.id}${ticket.channel === "api" ? " · API" : ""}</small>
      </span>
      <${Since} ticket=${ticket} />
      <span class="words">${words(ticket)}</span>
      ${ticket.operator && html`<span class="chip">${ticket.operator.name}</span>`}
    </a>
  </li>`;
}

function Since({ ticket }) {
  if (ticket.state === "waiting")
    return html`<time class="since hot" title=${full(ticket.waiting_since)}>${span(ticket.waiting_since)}</time>`;
  if (ticket.state === "snoozed")
    return html`<span class="since" title=${ticket.snoozed_until ? full(ticket.snoozed_until) : t("until_reply")}><${Icon} name="clock" /></span>`;
  const at = ticket.closed_at ?? ticket.last?.at ?? ticket.opened_at;
  return html`<time class="since" title=${full(at)}>${span(at)}</time>`;
}

function words({ last, question }) {
  if (!last || last.author === "bot") return question;
  const said = last.text || named("kind", last.kind);
  return last.author === "customer" ? said : t("by_us", { words: said });
}

function Foot() {
  const { state, tickets, next } = list.value;
  if (state === "loading") return html`<div class="skeleton" aria-label=${t("loading")}>${[1, 2, 3].map((n) => html`<i key=${n}></i>`)}</div>`;
  if (state === "failed" && !tickets.length)
    return html`<div class="empty" role="alert">
      <p>${t("list_failed")}</p>
      <button class="button" type="button" onClick=${() => loadList()}>${t("again")}</button>
    </div>`;
  if (!tickets.length) return html`<${Nothing} />`;
  if (!next) return null;
  return html`<button class="button more" type="button" onClick=${loadMore}>${t(state === "more" ? "loading" : "more")}</button>`;
}

function Nothing() {
  const narrowed = Object.values(filters.value).some(Boolean);
  return html`<div class="empty" data-testid="empty">
    <p><b>${t(narrowed ? "nothing_narrowed" : `nothing_${view.value}`)}</b></p>
    ${narrowed
      ? html`<button class="button" type="button" onClick=${() => narrow({ priority: "", channel: "", scenario: "" })}>${t("any_again")}</button>`
      : html`<p class="quiet">${t(`nothing_${view.value}_more`)}</p>`}
  </div>`;
}

function nearEnd({ currentTarget: box }) {
  if (box.scrollHeight - box.scrollTop - box.clientHeight < 300) loadMore();
}
