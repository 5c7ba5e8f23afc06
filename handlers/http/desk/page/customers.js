// Customers: a form for whatever somebody has of one, and the page of the one that was found.

import { about, pages, to } from "./address.js";
import { get } from "./api.js";
import { html, Icon, signal } from "./html.js";
import { Profile } from "./profile.js";
import { fail } from "./state.js";
import { t } from "./texts.js";

const words = signal("");
const found = signal({ state: "ready", who: null, customers: [] });

export function Customers() {
  if (about.value) return html`<${Profile} key=${about.value} number=${Number(about.value)} />`;
  return html`<section class="sheet" aria-label=${t("page_customers")}>
    <form class="lookup" role="search" onSubmit=${(event) => { event.preventDefault(); look(words.value); }}>
      <label><span>${t("who")}</span>
        <input
          type="search"
          id="who"
          maxlength="200"
          autocomplete="off"
          data-testid="who"
          placeholder=${t("who_hint")}
          value=${words.value}
          ref=${focusOnce}
          onInput=${(event) => (words.value = event.target.value)}
        />
      </label>
      <button class="button primary" type="submit" data-testid="look">${t("look")}</button>
      <button class="button" type="button" data-testid="banned" onClick=${() => { words.value = ""; look(""); }}>${t("who_banned")}</button>
    </form>
    <${Found} />
  </section>`;
}

const focusOnce = (field) => field && !field.focused && (field.focused = true) && field.focus();

let asked = 0;

// One that is meant for certain is opened; of several the reader chooses.
async function look(who) {
  const mark = ++asked;
  found.value = { state: "loading", who, customers: [] };
  try {
    const { customers } = await get("customers", { who: who.trim() });
    if (mark !== asked) return;
    found.value = { state: "ready", who, customers };
    if (who && customers.length === 1) to(`customers/${customers[0].customer.id}`);
  } catch (error) {
    if (mark === asked) found.value = { state: "ready", who: null, customers: [] };
    fail(error);
  }
}

function Found() {
  const { state, who, customers } = found.value;
  if (state === "loading") return html`<div class="skeleton" aria-label=${t("loading")}><i></i></div>`;
  if (who === null) return html`<p class="quiet">${t("who_more")}</p>`;
  if (!customers.length) return html`<div class="empty" role="status" data-testid="nobody"><p><b>${t(who ? "who_nobody" : "who_nobody_banned")}</b></p>${who && html`<p class="quiet">${t("who_nobody_more")}</p>`}</div>`;
  return html`<ul class="people" data-testid="people">
    ${customers.map(
      ({ customer, ticket }) => html`<li key=${customer.id}>
        <a href=${`#customers/${customer.id}`}>
          <${Icon} name="person" />
          <span><b>${customer.name}</b> <small>${customer.username ? `@${customer.username} · ` : ""}${t(`channel_${customer.channel}`)} ${customer.external_id}</small></span>
          ${customer.banned && html`<span class="chip bad">${t("banned_short")}</span>`}
          ${ticket && html`<span class="words">#${ticket.id} · ${t(`short_${ticket.state}`)} · ${ticket.question}</span>`}
        </a>
      </li>`,
    )}
  </ul>`;
}

pages.set("customers", Customers);
