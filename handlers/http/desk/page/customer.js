// The panel on the right: why people are asked, who the customer is, and what they came with before.

import { html, Icon } from "./html.js";
import { Menu } from "./menu.js";
import { panel } from "./conversation.js";
import { bans } from "./offers.js";
import { act, choices, current, subject, title } from "./state.js";
import { Remark } from "./remark.js";
import { Site } from "./site.js";
import { named, t } from "./texts.js";
import { day, full } from "./times.js";

export function Customer() {
  const found = subject.value;
  if (!found) return null;
  const { customer, ticket } = found;
  return html`<aside class="profile ${panel.value ? "open" : ""}" aria-label=${t("customer")} data-testid="customer">
    <button class="bare shut" type="button" aria-label=${t("close")} onClick=${() => (panel.value = false)}><${Icon} name="close" /></button>
    <h3>${t("why")}</h3>
    <p>${named("reason", ticket.reason)}</p>
    ${ticket.scenario && html`<p><span class="chip">${title(ticket.scenario)}${found.confidence === null ? "" : ` · ${Math.round(found.confidence * 100)} %`}</span></p>`}
    ${ticket.state !== "closed" && html`<label class="subject"><span>${t("correct")}</span>
      <select data-testid="correct" value="" onChange=${(event) => { act("correct", event.target.value); event.target.value = ""; }}>
        <option value="">${t("correct_choose")}</option>
        ${Object.entries(choices.value.scenarios).map(([key, words]) => html`<option key=${key} value=${key}>${words}</option>`)}
        <option value="none">${t("correct_none")}</option>
      </select>
    </label>`}
    ${found.reasoning && html`<p class="quiet">${found.reasoning}</p>`}
    <h3>${t("customer")}</h3>
    <dl>
      <dt>${t("name")}</dt><dd><a href=${`#customers/${customer.id}`} title=${t("customer_page")} data-testid="customer-page">${customer.name}</a></dd>
      ${customer.username && html`<dt>${t("username")}</dt><dd>@${customer.username}</dd>`}
      <dt>${t("id")}</dt><dd class="id">${customer.external_id}</dd>
      <dt>${t("channel")}</dt><dd>${t(`channel_${customer.channel}`)}</dd>
      <${Site} site=${customer.site} />
      <dt>${t("language")}</dt><dd>${named("language", customer.language)}</dd>
      <dt>${t("since")}</dt><dd>${day(customer.since)}</dd>
      ${customer.banned && html`<dt>${t("ban")}</dt><dd class="bad">${t("banned")}</dd>`}
      ${!customer.reachable && html`<dt>${t("reach")}</dt><dd class="bad">${t("not_reachable")}</dd>`}
    </dl>
    ${customer.banned
      ? html`<button class="button" type="button" data-testid="unban" onClick=${() => act("unban")}>${t("unban")}</button>`
      : html`<${Menu} name="ban" label=${t("ban_them")} items=${bans((one) => act("ban", one))} />`}
    <${Remark} key=${customer.id} customer=${customer} />
    <h3>${t("tickets")} <small>${customer.tickets_count}</small></h3>
    <ul class="past">
      ${found.tickets.map(
        (one) => html`<li key=${one.id}>
          <a href=${`#t${one.id}`} aria-current=${one.id === current.value ? "true" : undefined}>
            <b>#${one.id}</b> <span title=${full(one.opened_at)}>${day(one.opened_at)}</span> <small>${t(`short_${one.state}`)}</small>
            <span class="words">${one.question}</span>
          </a>
        </li>`,
      )}
    </ul>
  </aside>`;
}
