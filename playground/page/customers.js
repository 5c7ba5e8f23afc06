// The left half: customers and their private chats with the bot.

import { avatar, h, icon, redraw } from "./dom.js";
import { post } from "./net.js";
import { dialog } from "./notice.js";
import { Pane, badge } from "./pane.js";
import { place } from "./store.js";
import { currentLanguage, samplesIn, t } from "./texts.js";

export class Customers extends Pane {
  #chosen = null;

  get me() {
    const known = this.store.customers;
    return known.some(({ id }) => id === this.#chosen) ? this.#chosen : (known[0]?.id ?? 0);
  }

  get person() {
    return this.store.customers.find(({ id }) => id === this.me);
  }

  place() {
    const chat = this.store.chats.get(this.me) ?? null;
    return { key: `customer:${this.me}`, chat, thread: 0, language: this.person?.language };
  }

  unread() {
    return this.store.customers.reduce((sum, { id }) => sum + this.store.unreadIn(id), 0);
  }

  choose(id) {
    this.#chosen = id;
    this.store.changed();
    if (matchMedia("(hover: hover)").matches) this.composer.input.focus();
  }

  drawSide() {
    const add = h("button", { class: "add", type: "button", test: "add-customer", onclick: () => this.#add() }, icon("plus"), h("span", {}, t("add_customer")));
    redraw(
      this.side,
      h("h2", {}, t("customers")),
      h("div", { class: "places", test: "customer-list" }, ...this.store.customers.map((person) => this.#row(person))),
      add,
    );
  }

  #row({ id, name, language }) {
    const props = { class: "place", type: "button", test: `customer-${id}`, data: { name }, "aria-pressed": String(id === this.me) };
    return h(
      "button",
      { ...props, onclick: () => this.choose(id) },
      avatar(id, name),
      h("span", { class: "place-words" }, h("b", {}, name), h("small", {}, this.preview(id, 0) || "…")),
      h("span", { class: "place-end" }, h("span", { class: "tag" }, language), badge(this.store.unreadIn(id))),
    );
  }

  drawHead(chat, typing) {
    const { bot } = this.store;
    const label = t(chat.blocked ? "unblock" : "block");
    const block = h("button", { class: `round ${chat.blocked ? "danger" : ""}`, type: "button", test: "block", title: label, "aria-label": label, "aria-pressed": String(chat.blocked) }, icon("block"));
    block.addEventListener("click", () => post(`customers/${chat.id}/block`, { on: !chat.blocked }));
    const more = chat.blocked ? t("blocked") : typing ? t("typing") : t("bot");
    redraw(
      this.head,
      avatar(bot.id, bot.name ?? "", "bot"),
      h("div", { class: "head-words" }, h("b", {}, bot.name), h("small", { class: typing ? "active" : "" }, more)),
      block,
    );
  }

  empty(chat) {
    const { name, language } = this.person;
    const words = this.store.bot.descriptions[language] || this.store.bot.descriptions[""];
    return h(
      "div",
      { class: "hello" },
      avatar(chat.id, name, "large"),
      h("h3", {}, t("hello_title", { name })),
      words ? h("p", { class: "description" }, words) : null,
      h("p", {}, t("hello_text")),
      h("div", { class: "samples", lang: language }, ...samplesIn(language).map((text) => this.#sample(text))),
    );
  }

  #sample(text) {
    return h("button", { type: "button", class: "sample", test: "sample-question", onclick: () => this.send({ kind: "text", text }) }, text);
  }

  #add() {
    const name = h("input", { type: "text", required: true, maxlength: "64", autocomplete: "off", test: "new-customer-name", placeholder: t("name_hint"), id: "new-name" });
    const choice = (code, words) => {
      const props = { type: "radio", name: "language", value: code, test: `new-customer-${code}` };
      return h("label", {}, h("input", { ...props, checked: code === currentLanguage() }), h("span", {}, words));
    };
    const cancel = h("button", { type: "button", class: "quiet" }, t("cancel"));
    const form = h(
      "form",
      { method: "dialog" },
      h("h3", {}, t("new_customer")),
      h("label", { class: "field", for: "new-name" }, t("name"), name),
      h("fieldset", { class: "choice" }, h("legend", {}, t("language")), choice("ru", t("russian")), choice("en", t("english"))),
      h("div", { class: "dialog-end" }, cancel, h("button", { class: "primary", test: "new-customer-save" }, t("add"))),
    );
    const box = dialog({ test: "new-customer" }, form);
    cancel.addEventListener("click", () => box.close());
    form.addEventListener("submit", (event) => this.#create(event, form, name, box));
    name.focus();
  }

  async #create(event, form, name, box) {
    event.preventDefault();
    const language = new FormData(form).get("language");
    const found = await post("customers", { first_name: name.value, language_code: language });
    box.close();
    if (found) this.choose(found.id);
  }

  seen() {
    return this.store.read(place(this.me, 0));
  }
}
