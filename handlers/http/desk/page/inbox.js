// The list on the left: which tickets wait, whose they are, and how long already.

import { html, Icon, signal } from "./html.js";
import { ANY, CHANNELS, filters, narrowed, PRIORITIES, view, VIEWS, words } from "./narrowing.js";
import { Row } from "./row.js";
import { Found, SearchField } from "./search.js";
import { Several } from "./several.js";
import { choices, counts, list, loadList, loadMore, me, narrow, show } from "./state.js";
import { named, t } from "./texts.js";

const narrowing = signal(false);

export function Inbox() {
  return html`<section class="inbox" aria-label=${t("inbox")}>
    ${me.value?.invited && html`<p class="warning" data-testid="setup-invite">${t("setup_invite")} <a href="#setup">${t("page_setup")}</a></p>`}
    <${SearchField} />
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
        <${Icon} name="filter" />${narrowed() && html`<i class="dot"></i>`}
      </button>
    </div>
    ${narrowing.value && html`<${Filters} />`}
    <${Several} />
    <div class="scroll" id="inbox-list" role="tabpanel" onScroll=${nearEnd}>
      ${words.value.trim() ? html`<${Found} />` : html`<${List} />`}
    </div>
  </section>`;
}

function List() {
  return html`<ul class="tickets">
      ${list.value.tickets.map((one) => html`<${Row} key=${one.id} ticket=${one} />`)}
    </ul>
    <${Foot} />`;
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
    ${t(`view_${name}`)}${count > 0 && html`<span class="count ${name === "waiting" ? "hot" : ""}" title=${count}>${shortly(count)}</span>`}
  </button>`;
}

// Thousands would push the last tab into a second row.
const shortly = (count) => (count < 1000 ? count : `${Math.floor(count / 1000)}k`);

function Filters() {
  const { colleagues, places, scenarios } = choices.value;
  return html`<div class="filters">
    <${Choice} name="priority" options=${PRIORITIES.map((one) => [one, named("priority_name", one)])} />
    <${Choice} name="channel" options=${CHANNELS.map((one) => [one, t(`channel_${one}`)])} />
    <${Choice} name="scenario" options=${Object.entries(scenarios)} />
    <${Choice} name="operator" options=${[["0", t("by_nobody")], ...colleagues.map((one) => [String(one.id), one.name])]} />
    ${places.length > 1 && html`<${Choice} name="place" options=${places.map((one) => [one.code, one.name])} />`}
    ${narrowed() && html`<button class="button" type="button" data-testid="filters-clear" onClick=${() => narrow(ANY)}>${t("any_again")}</button>`}
  </div>`;
}

function Choice({ name, options }) {
  return html`<label>
    <span>${t(`by_${name}`)}</span>
    <select data-testid=${`by-${name}`} value=${filters.value[name]} onChange=${(event) => narrow({ [name]: event.target.value })}>
      <option value="">${t("any")}</option>
      ${options.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>
  </label>`;
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
  return html`<div class="empty" data-testid="empty">
    <p><b>${t(narrowed() ? "nothing_narrowed" : `nothing_${view.value}`)}</b></p>
    ${narrowed()
      ? html`<button class="button" type="button" onClick=${() => narrow(ANY)}>${t("any_again")}</button>`
      : html`<p class="quiet">${t(`nothing_${view.value}_more`)}</p>`}
  </div>`;
}

function nearEnd({ currentTarget: box }) {
  if (!words.value && box.scrollHeight - box.scrollTop - box.clientHeight < 300) loadMore();
}
