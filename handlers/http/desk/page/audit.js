// The audit log: who of the team did what, when and where.

import { get } from "./api.js";
import { Component, html } from "./html.js";
import { keepFrom } from "./keep.js";
import { choices, fail, title } from "./state.js";
import { codes, named, t } from "./texts.js";
import { full } from "./times.js";

export class Page extends Component {
  state = { entries: [], next: null, at: "loading" };
  narrowed = { deed: "", operator: "", first: "", last: "" };

  componentDidMount() {
    this.load();
  }

  async load(before = null) {
    const mark = (this.mark = {});
    this.setState({ at: "loading" });
    try {
      const found = await get("audit", { ...this.narrowed, before });
      if (mark === this.mark) this.setState({ entries: before ? [...this.state.entries, ...found.entries] : found.entries, next: found.next, at: "ready" });
    } catch (error) {
      if (mark === this.mark) this.setState({ at: "failed" });
      fail(error);
    }
  }

  narrow(name, value) {
    this.narrowed = { ...this.narrowed, [name]: value };
    this.load();
  }

  async keep() {
    await keepFrom("audit/table", this.narrowed, "audit.csv");
  }

  render() {
    const { entries, next, at } = this.state;
    const choice = (name, options) => html`<label><span>${t(`by_${name}`)}</span>
      <select data-testid=${`audit-${name}`} value=${this.narrowed[name]} onChange=${(event) => this.narrow(name, event.target.value)}>
        <option value="">${t("any")}</option>
        ${options.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
      </select></label>`;
    const day = (name) => html`<label><span>${t(`by_${name}`)}</span><input type="date" value=${this.narrowed[name]} onChange=${(event) => this.narrow(name, event.target.value)} /></label>`;
    return html`<section class="sheet" aria-label=${t("page_audit")} data-testid="audit">
      <div class="filters">
        ${choice("deed", Object.entries(codes.value.audit ?? {}))}
        ${choice("operator", choices.value.colleagues.map((one) => [String(one.id), one.name]))}
        ${day("first")} ${day("last")}
        <button class="button" type="button" data-testid="audit-csv" onClick=${() => this.keep()}>CSV</button>
      </div>
      ${!entries.length && html`<div class="empty" role="status"><p>${t(at === "loading" ? "loading" : at === "failed" ? "list_failed" : "audit_nothing")}</p></div>`}
      <ul class="entries">
        ${entries.map((one) => html`<li key=${one.id} class="entry" data-testid="entry">
          <b>${one.operator_name}</b> ${named("audit", one.deed)}${" "}
          ${one.ticket_id && html`<a href=${`#t${one.ticket_id}`}>#${one.ticket_id}</a>`}${" "}
          ${one.customer_id && html`<a href=${`#customers/${one.customer_id}`}>${one.customer || one.customer_id}</a>`}
          ${one.detail && html` <span class="chip">${detail(one)}</span>`}
          <small>${full(one.at)} · ${named("audit_place", one.place)}</small>
        </li>`)}
      </ul>
      ${next && html`<button class="button more" type="button" onClick=${() => this.load(next)}>${t(at === "loading" ? "loading" : "more")}</button>`}
    </section>`;
  }
}

// How somebody came in is named by the page, the rest by the server.
const ENTRANCES = ["signed_in", "signed_out"];
const SECTIONS = { closed: "ending", snoozed: "snooze", priority_set: "priority_name", banned: "ban", undone: "audit" };

const MOMENT = /^\d{4}-\d\d-\d\dT/;

const detail = ({ deed, detail }) => (MOMENT.test(detail) ? full(detail) : ENTRANCES.includes(deed) ? t(`entrance_${detail}`) : SECTIONS[deed] ? named(SECTIONS[deed], detail) : deed === "corrected" ? title(detail) : detail);
