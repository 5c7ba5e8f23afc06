// One customer: who they are, what the team keeps in mind, and every ticket they have had.

import { ClientActions } from "./client_actions.js";
import { get } from "./api.js";
import { Component, html } from "./html.js";
import { Remark } from "./remark.js";
import { Site } from "./site.js";
import { onNews } from "./changes.js";
import { reason, title } from "./state.js";
import { named, t } from "./texts.js";
import { day, full } from "./times.js";

export class Profile extends Component {
  state = { found: null, failed: null };

  componentDidMount() {
    this.load();
    this.leave = onNews((news) => (news.everything || news.customers.includes(this.props.number) || this.concerns(news.tickets)) && this.load());
  }

  componentWillUnmount() {
    this.gone = true;
    this.leave();
  }

  concerns(tickets) {
    return this.state.found?.tickets.some((one) => tickets.includes(one.id));
  }

  load = async () => {
    try {
      const found = await get(`customers/${this.props.number}`);
      if (!this.gone) this.setState({ found, failed: null });
    } catch (error) {
      if (!this.gone && !this.state.found) this.setState({ failed: reason(error) });
    }
  };

  render() {
    const { found, failed } = this.state;
    if (failed) return html`<section class="sheet"><div class="empty" role="alert"><p>${t(`customer_${failed}`)}</p><a class="button" href="#customers">${t("who_another")}</a></div></section>`;
    if (!found) return html`<section class="sheet"><div class="skeleton" aria-label=${t("loading")}><i></i><i></i></div></section>`;
    const { customer } = found;
    return html`<section class="sheet profile-page" aria-labelledby="profile-name" data-testid="profile">
      <p><a href="#customers">${t("who_another")}</a></p>
      <h2 id="profile-name">${customer.name}${customer.banned && html` <span class="chip bad">${t("banned_short")}</span>`}</h2>
      <div class="person"><${Facts} found=${found} /></div>
      <${ClientActions} key=${`actions-${customer.id}`} customer=${customer} />
      <${Remark} key=${customer.id} customer=${customer} />
      <h3>${t("tickets")} <small>${customer.tickets_count}</small></h3>
      <${Tickets} tickets=${found.tickets} />
    </section>`;
  }
}

function Facts({ found }) {
  const { customer } = found;
  return html`<dl>
    ${customer.username && html`<dt>${t("username")}</dt><dd>@${customer.username}</dd>`}
    <dt>${t("id")}</dt><dd class="id">${customer.external_id}</dd>
    <dt>${t("channel")}</dt><dd>${t(`channel_${customer.channel}`)}</dd>
    <${Site} site=${customer.site} />
    <dt>${t("language")}</dt><dd>${named("language", customer.language)}</dd>
    <dt>${t("since")}</dt><dd title=${full(customer.since)}>${day(customer.since)}</dd>
    <dt>${t("has_written")}</dt><dd>${t("lines_n", { n: found.messages })}${found.last_at && html`, ${t("last_on", { at: full(found.last_at) })}`}</dd>
    <dt>${t("satisfaction")}</dt><dd>${found.rated ? t("rated_n", { n: found.rated, average: found.average.toFixed(1) }) : t("never_rated")}</dd>
    ${found.banned_at && html`<dt>${t("ban")}</dt><dd class="bad">${t("banned_by", { name: found.banned_by ?? t("unknown"), at: full(found.banned_at) })}</dd>`}
    ${!customer.reachable && html`<dt>${t("reach")}</dt><dd class="bad">${t("not_reachable")}</dd>`}
  </dl>`;
}

function Tickets({ tickets }) {
  if (!tickets.length) return html`<p class="quiet">${t("no_tickets")}</p>`;
  return html`<ul class="past">
    ${tickets.map(
      (one) => html`<li key=${one.id}>
        <a href=${`#t${one.id}`} data-testid=${`past-${one.id}`}>
          <b>#${one.id}</b> <span title=${full(one.opened_at)}>${day(one.opened_at)}</span> <small>${t(`short_${one.state}`)}${one.scenario ? ` · ${title(one.scenario)}` : ""}</small>
          <span class="words">${one.question}</span>
        </a>
      </li>`,
    )}
  </ul>`;
}
