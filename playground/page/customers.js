// The left half: customers, and whom they write to: the bot, somebody who has connected it to their account, a channel.

import { avatar, h, icon, redraw } from "./dom.js";
import { post } from "./net.js";
import { dialog } from "./notice.js";
import { Pane, badge } from "./pane.js";
import { inAccount, place } from "./store.js";
import { currentLanguage, samplesIn, t } from "./texts.js";

export class Customers extends Pane {
  #chosen = null;
  #doors = new Map();

  get me() {
    const known = this.store.customers;
    return known.some(({ id }) => id === this.#chosen) ? this.#chosen : (known[0]?.id ?? 0);
  }

  get person() {
    return this.store.customers.find(({ id }) => id === this.me);
  }

  // Whom this customer may write to, and in which chat each of them is.
  doorsOf(id) {
    const { accounts, channels } = this.store;
    return [
      { name: "bot", sign: "bot", words: t("door_bot"), more: t("door_bot_more"), chat: id, thread: 0 },
      ...accounts.map((owner) => ({ name: "account", sign: "person", words: t("door_account", { name: owner.name }), more: t("door_account_more", { name: owner.name }), chat: inAccount(owner.id, id), thread: 0, owner })),
      ...channels.map((channel) => ({ name: "channel", sign: "channel", words: channel.title, more: t("door_channel_more"), chat: channel.id, thread: id, channel })),
    ];
  }

  get door() {
    const doors = this.doorsOf(this.me);
    return doors.find(({ name }) => name === this.#doors.get(this.me)) ?? doors[0];
  }

  place() {
    const { name, chat, thread } = this.door;
    return { key: `customer:${this.me}:${name}`, chat: this.store.chats.get(chat) ?? unwritten(chat), thread, language: this.person?.language };
  }

  unread() {
    return this.store.customers.reduce((sum, { id }) => sum + this.#unreadOf(id), 0);
  }

  #unreadOf(id) {
    return this.doorsOf(id).reduce((sum, { chat, thread }) => sum + this.store.unreadAt(place(chat, thread)), 0);
  }

  enter(name) {
    this.#doors.set(this.me, name);
    this.store.changed();
    if (matchMedia("(hover: hover)").matches) this.composer.input.focus();
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
      h("span", { class: "place-words" }, h("b", {}, name), h("small", {}, this.#newest(id) || "…")),
      h("span", { class: "place-end" }, h("span", { class: "tag" }, language), badge(this.#unreadOf(id))),
    );
  }

  // What was said last, whomever it was said to.
  #newest(id) {
    const last = (door) => this.store.history(door.chat, door.thread).at(-1)?.date ?? 0;
    const { chat, thread } = this.doorsOf(id).reduce((a, b) => (last(b) > last(a) ? b : a));
    return this.preview(chat, thread);
  }

  drawHead(chat, typing) {
    const { door } = this;
    const [face, title, more] = this.#other(door, chat);
    redraw(
      this.head,
      face,
      h("div", { class: "head-words" }, h("b", {}, title), h("small", { class: typing ? "active" : "" }, typing ? t("typing") : more)),
      door.name === "bot" ? this.#block(chat) : null,
      this.#strip(door),
    );
  }

  // Whom they write to, as a customer knows them.
  #other(door, chat) {
    const { bot } = this.store;
    if (door.owner) return [avatar(door.owner.id, door.owner.name), door.owner.name, t("door_account_more", { name: door.owner.name })];
    if (door.channel) return [h("span", { class: "avatar plain" }, icon("channel")), door.channel.title, t("door_channel_more")];
    return [avatar(bot.id, bot.name ?? "", "bot"), bot.name, chat.blocked ? t("blocked") : t("bot")];
  }

  #block(chat) {
    const label = t(chat.blocked ? "unblock" : "block");
    const button = h("button", { class: `round ${chat.blocked ? "danger" : ""}`, type: "button", test: "block", title: label, "aria-label": label, "aria-pressed": String(chat.blocked) }, icon("block"));
    button.addEventListener("click", () => post(`customers/${chat.id}/block`, { on: !chat.blocked }));
    return button;
  }

  #strip(open) {
    const pills = this.doorsOf(this.me).map(({ name, sign, words, more, chat, thread }) => {
      const on = name === open.name;
      const props = { type: "button", class: "speaker", test: `door-${name}`, "aria-pressed": String(on), title: more };
      return h("button", { ...props, onclick: () => this.enter(name) }, icon(sign), h("span", {}, words), on ? null : badge(this.store.unreadAt(place(chat, thread))));
    });
    return h("div", { class: "speakers doors", role: "group", "aria-label": t("writes_to") }, h("span", { class: "speakers-label" }, t("writes_to")), ...pills);
  }

  empty() {
    const { id, name, language } = this.person;
    const { door } = this;
    const own = this.store.bot.descriptions[language] || this.store.bot.descriptions[""];
    const words = { account: t("hello_account", { name: door.owner?.name }), channel: t("hello_channel") }[door.name] ?? own;
    return h(
      "div",
      { class: "hello" },
      avatar(id, name, "large"),
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
    const { chat, thread } = this.place();
    return this.store.read(place(chat.id, thread));
  }
}

// A chat that nobody has written in yet: the server makes it with the first line.
function unwritten(id) {
  return { id, type: "private", elsewhere: true, title: "", topics: [], pinned: [], forum: false, blocked: false };
}
