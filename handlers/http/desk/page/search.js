// The field above the list, and what was found: a ticket, customers, lines with the words marked.

import { get } from "./api.js";
import { effect, html, signal, untracked } from "./html.js";
import { filters, words } from "./narrowing.js";
import { Row } from "./row.js";
import { fail, gate } from "./state.js";
import { t } from "./texts.js";
import { full, span } from "./times.js";

const PAUSE_MS = 250;
const NOTHING = { tickets: [], customers: [], hits: [], more: false, state: "ready" };
const found = signal(NOTHING);
let asked = 0;
let waiting = null;

export function SearchField() {
  return html`<div class="search" role="search">
    <input
      type="search"
      id="search"
      maxlength="200"
      autocomplete="off"
      aria-label=${t("search")}
      placeholder=${t("search_hint")}
      data-testid="search"
      value=${words.value}
      onInput=${(event) => (words.value = event.target.value)}
      onKeyDown=${leave}
    />
  </div>`;
}

// Down goes to what was found; Escape clears the field first.
function leave(event) {
  if (event.key === "ArrowDown") document.querySelector("#inbox-list a")?.focus();
  else if (event.key === "Escape" && words.value) words.value = "";
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// Looks again whenever the words or the filters change.
export function watchWords() {
  effect(() => {
    const query = { words: words.value.trim(), ...filters.value };
    clearTimeout(waiting);
    asked += 1;
    if (!query.words || gate.value !== "open") return void (found.value = NOTHING);
    untracked(() => (found.value = { ...found.value, state: "loading" }));
    waiting = setTimeout(() => look(query, 0), PAUSE_MS);
  });
}

async function look(query, page) {
  const mark = ++asked;
  try {
    const told = await get("search", { ...query, page });
    if (mark !== asked) return;
    const before = page ? found.value : NOTHING;
    found.value = { ...before, ...told, ...(page ? { tickets: before.tickets, customers: before.customers } : {}), hits: [...before.hits, ...told.hits], page, state: "ready" };
  } catch (error) {
    if (mark !== asked) return;
    found.value = { ...found.value, state: "failed" };
    fail(error);
  }
}

export function Found() {
  const { tickets, customers, hits, more, state } = found.value;
  const nothing = !tickets.length && !customers.length && !hits.length;
  if (nothing && state === "loading") return html`<div class="skeleton" aria-label=${t("loading")}><i></i><i></i></div>`;
  if (nothing) return html`<div class="empty" role="status" data-testid="found-nothing"><p><b>${t(state === "failed" ? "list_failed" : "found_nothing")}</b></p><p class="quiet">${t("found_nothing_more")}</p></div>`;
  return html`<div data-testid="found">
    <ul class="tickets">${tickets.map((one) => html`<${Row} key=${one.id} ticket=${one} />`)}</ul>
    ${customers.length > 0 && html`<h3 class="group">${t("page_customers")}</h3>
      <ul class="tickets">${customers.map(({ customer, ticket }) => html`<li key=${customer.id}>
        <a class="hit" href=${`#customers/${customer.id}`} data-testid="found-customer"><b>${customer.name}</b> <small>${customer.username ? `@${customer.username} · ` : ""}${customer.external_id}</small>
          ${ticket && html`<span class="words">#${ticket.id} · ${t(`short_${ticket.state}`)} · ${ticket.question}</span>`}</a>
      </li>`)}</ul>`}
    ${hits.length > 0 && html`<h3 class="group">${t("found_lines")}</h3>
      <ul class="tickets">${hits.map((one) => html`<${Hit} key=${one.line_id} hit=${one} />`)}</ul>`}
    ${more && html`<button class="button more" type="button" onClick=${() => look({ words: words.value.trim(), ...filters.value }, found.value.page + 1)}>${t("more")}</button>`}
  </div>`;
}

function Hit({ hit }) {
  const place = hit.ticket_id ? `#t${hit.ticket_id}/${hit.line_id}` : `#customers/${hit.customer_id}`;
  const who = hit.author === "operator" ? hit.author_name ?? t("by_operator") : "";
  return html`<li>
    <a class="hit" href=${place} data-testid="hit">
      <b>${hit.customer}</b> <small>${hit.ticket_id ? `#${hit.ticket_id}` : ""}</small><time class="since" title=${full(hit.created_at)}>${span(hit.created_at)}</time>
      <span class="words">${who && `${who}: `}${hit.pieces.map((one, at) => (one.hit ? html`<mark key=${at}>${one.text}</mark>` : one.text))}</span>
    </a>
  </li>`;
}
