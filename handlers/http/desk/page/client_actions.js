// What can be done to a customer from their page. What does not come back asks twice.

import { newKey, post } from "./api.js";
import { announce } from "./changes.js";
import { to } from "./address.js";
import { Component, html } from "./html.js";
import { keep } from "./keep.js";
import { Menu } from "./menu.js";
import { bans } from "./offers.js";
import { fail, me } from "./state.js";
import { t } from "./texts.js";
import { tell } from "./toasts.js";

export class ClientActions extends Component {
  state = { erasing: false, typed: "" };

  async does(path, body = {}) {
    const { id } = this.props.customer;
    try {
      return await post(`customers/${id}/${path}`, { ...body, key: newKey() });
    } catch (error) {
      fail(error);
      return null;
    }
  }

  async changes(path, body) {
    const told = await this.does(path, body);
    if (!told) return;
    tell(told.words);
    announce({ tickets: [], customers: [this.props.customer.id] });
  }

  async export() {
    const told = await this.does("export");
    if (told) keep(new Blob([JSON.stringify(told, null, 2)], { type: "application/json" }), `customer-${this.props.customer.id}.json`);
  }

  async erase() {
    if (!(await this.does("erase", { confirm: this.state.typed }))) return;
    tell(t("erased"));
    to("customers");
  }

  render() {
    const { customer } = this.props;
    const { erasing, typed } = this.state;
    return html`<div class="buttons">
        ${customer.banned
          ? html`<button class="button" type="button" data-testid="unban-customer" onClick=${() => this.changes("unban")}>${t("unban")}</button>`
          : html`<${Menu} name="ban-customer" label=${t("ban_them")} items=${bans((way) => this.changes("ban", { way }))} />`}
        ${me.value.role === "admin" && html`<button class="button" type="button" data-testid="export" onClick=${() => this.export()}>${t("export")}</button>
          <button class="button bad" type="button" data-testid="erase" aria-expanded=${erasing} onClick=${() => this.setState({ erasing: !erasing, typed: "" })}>${t("erase")}</button>`}
      </div>
      ${erasing && html`<form class="warning" data-testid="erase-form" onSubmit=${(event) => { event.preventDefault(); this.erase(); }}>
        <p>${t("erase_sure", { id: customer.external_id })}</p>
        <input class="typed" autocomplete="off" aria-label=${t("id")} data-testid="erase-typed" value=${typed} onInput=${(event) => this.setState({ typed: event.target.value })} />
        <button class="button bad" type="submit" data-testid="erase-now" disabled=${typed.trim() !== customer.external_id}>${t("erase_now")}</button>
      </form>`}`;
  }
}
