// The right half: the operator group, plain or as a forum, each operator's private chat with the bot, and what customers
// write to an operator's own account or to the channel, where its owner may take over.

import { avatar, h, icon, redraw } from "./dom.js";
import { post } from "./net.js";
import { Pane, badge } from "./pane.js";
import { inAccount, ownSide, place, threadOf } from "./store.js";
import { t } from "./texts.js";

export class Operators extends Pane {
  #speaker = null;
  #thread = 0;
  #private = false;
  #group = null;
  #own = null;

  get me() {
    const there = this.own;
    if (there) return there.owner;
    const known = this.store.operators;
    return known.some(({ id }) => id === this.#speaker) ? this.#speaker : (known[0]?.id ?? 0);
  }

  get group() {
    const { chats, groups } = this.store;
    return chats.get(groups.includes(this.#group) ? this.#group : groups[0]) ?? null;
  }

  get thread() {
    const there = this.group?.forum && this.group.topics.some(({ id }) => id === this.#thread);
    return there ? this.#thread : 0;
  }

  // The chats of accounts and channels in which somebody has written: {chat, thread, customer, owner, account, channel}.
  get ownPlaces() {
    const { accounts, channels, chats, customers } = this.store;
    const found = [];
    for (const account of accounts)
      for (const { id } of customers) {
        const chat = inAccount(account.id, id);
        if (this.store.history(chat, 0).length) found.push({ chat, thread: 0, customer: id, owner: account.id, account });
      }
    for (const channel of channels) {
      const written = new Set([...this.store.of(channel.id).values()].map(threadOf));
      for (const customer of written) if (chats.has(channel.id)) found.push({ chat: channel.id, thread: customer, customer, owner: channel.owner, channel });
    }
    return found;
  }

  get own() {
    return this.#own && this.ownPlaces.find(({ chat, thread }) => place(chat, thread) === this.#own);
  }

  place() {
    const { own } = this;
    if (own) return { key: `operator:${own.chat}:${own.thread}`, chat: this.store.chats.get(own.chat), thread: own.thread, customer: own.customer };
    const language = this.store.operators.find(({ id }) => id === this.me)?.language;
    const chat = this.#private ? this.store.chats.get(this.me) : this.group;
    const thread = this.#private ? 0 : this.thread;
    return { key: `operator:${chat?.id}:${thread}:${this.#private ? this.me : ""}`, chat: chat ?? null, thread, language };
  }

  unread() {
    const people = this.store.operators.reduce((sum, { id }) => sum + this.store.unreadIn(id), 0);
    const own = this.ownPlaces.reduce((sum, { chat, thread }) => sum + this.store.unreadAt(ownSide(place(chat, thread))), people);
    return this.store.groups.reduce((sum, id) => sum + this.store.unreadIn(id), own);
  }

  // Go to another group: the place that was open in the one before is not one of it.
  #enter(id) {
    this.#group = id;
    this.go(0);
  }

  go(thread, alone = false) {
    this.#thread = thread;
    this.#private = alone;
    this.#own = null;
    this.store.changed();
  }

  #goOwn({ chat, thread }) {
    this.#own = place(chat, thread);
    this.store.changed();
  }

  seen() {
    const { chat, thread } = this.place();
    if (this.own) return this.store.read(ownSide(place(chat.id, thread)));
    if (chat?.type !== "private" && !chat?.forum) return this.#readAll(chat);
    return chat ? this.store.read(place(chat.id, thread)) : false;
  }

  // A plain group shows the lines of all former topics in one list.
  #readAll(chat) {
    const open = [...this.store.unread.keys()].filter((where) => where.startsWith(`${chat?.id}:`));
    open.forEach((where) => this.store.read(where));
    return open.length > 0;
  }

  drawSide() {
    const { group } = this;
    const alone = this.#row({ test: "private-chat", name: t("private"), face: disc("lock"), on: this.#private && !this.own, run: () => this.go(this.#thread, true), chat: this.me, thread: 0 });
    const rows = this.store.groups.map((id) => this.store.chats.get(id)).flatMap((one) => this.#rows(one, one.id === group.id));
    redraw(this.side, h("h2", {}, t("operators")), h("div", { class: "places", test: "topic-list" }, ...rows, alone, ...this.#ownRows()));
  }

  // The group that is open shows its topics; of others there is one row, to go to.
  #rows(group, open) {
    if (open && group.forum) return this.#topics(group);
    const on = open && !this.#private && !this.own;
    const test = open ? "group-chat" : `group-${group.id}`;
    return [this.#row({ test, name: group.title, face: disc("people"), on, run: () => this.#enter(group.id), chat: group.id, thread: 0, all: true })];
  }

  #topics(group) {
    const general = { test: "topic-general", name: t("general"), face: disc("hash"), on: !this.#private && !this.own && !this.thread, run: () => this.go(0), chat: group.id, thread: 0 };
    const topics = [...group.topics].reverse().map(({ id, name, color, sign, closed }) => ({
      test: `topic-${id}`,
      name,
      face: dot(color, name, closed, sign),
      on: !this.#private && !this.own && this.thread === id,
      run: () => this.go(id),
      chat: group.id,
      thread: id,
    }));
    return [general, ...topics].map((item) => this.#row(item));
  }

  // Where the owner of an account or a channel reads along, under a line that says whose it is.
  #ownRows() {
    const rows = [];
    let part = null;
    for (const one of this.ownPlaces) {
      const words = one.account ? t("account_of", { name: one.account.name }) : one.channel.title;
      if (words !== part) rows.push(h("h3", { class: "side-part" }, words));
      part = words;
      rows.push(this.#ownRow(one));
    }
    return rows;
  }

  #ownRow(one) {
    const where = place(one.chat, one.thread);
    const name = this.#nameOf(one.customer);
    const props = { class: "place", type: "button", test: `own-${where}`, "aria-pressed": String(this.#own === where), data: { name } };
    return h(
      "button",
      { ...props, onclick: () => this.#goOwn(one) },
      avatar(one.customer, name),
      h("span", { class: "place-words" }, h("b", {}, name), h("small", {}, this.preview(one.chat, one.thread) || "…")),
      h("span", { class: "place-end" }, badge(this.store.unreadAt(ownSide(where)))),
    );
  }

  #nameOf(customer) {
    return this.store.customers.find(({ id }) => id === customer)?.name ?? "?";
  }

  #row({ test, name, face, on, run, chat, thread, all }) {
    const count = all ? this.store.unreadIn(chat) : (this.store.unread.get(place(chat, thread)) ?? 0);
    return h(
      "button",
      { class: "place", type: "button", test, "aria-pressed": String(on), onclick: run, data: { name } },
      face,
      h("span", { class: "place-words" }, h("b", {}, name), h("small", {}, this.preview(chat, thread) || "…")),
      h("span", { class: "place-end" }, badge(count)),
    );
  }

  // The owner's own chat with a customer: who it is, and what the bot may do there.
  #drawOwn({ customer, account, channel }) {
    const name = this.#nameOf(customer);
    const more = account ? t("account_head", { name: account.name }) : t("channel_head", { title: channel.title });
    const switches = account
      ? [
          this.#switch("own-connected", t("bot_connected"), account.connected, (on) => post(`accounts/${account.id}`, { action: on ? "connect" : "disconnect" })),
          this.#switch("own-reply", t("bot_replies"), account.may_reply, (on) => post(`accounts/${account.id}`, { action: on ? "allow" : "forbid" })),
        ]
      : [this.#switch("own-reply", t("bot_replies"), channel.may_reply, (on) => post(`channels/${channel.id}`, { on }))];
    redraw(
      this.head,
      avatar(customer, name),
      h("div", { class: "head-words" }, h("b", {}, name), h("small", {}, more)),
      h("div", { class: "speakers" }, h("span", { class: "speakers-label" }, t("bot_here")), ...switches),
    );
  }

  #switch(test, words, on, run) {
    const props = { type: "button", class: "speaker", test, role: "switch", "aria-checked": String(on) };
    return h("button", { ...props, onclick: () => run(!on) }, icon(on ? "check" : "close"), h("span", {}, words));
  }

  drawHead(chat, typing) {
    if (this.own) return this.#drawOwn(this.own);
    const topic = chat.topics.find(({ id }) => id === this.thread);
    const alone = chat.type === "private";
    const title = alone ? this.store.bot.name : (topic?.name ?? chat.title);
    const face = alone ? avatar(this.store.bot.id, title, "bot") : topic ? dot(topic.color, topic.name, topic.closed, topic.sign) : disc("people");
    const names = this.store.operators.map(({ name }) => name).join(", ");
    const more = typing ? t("typing") : alone ? t("bot") : topic ? (topic.closed ? t("closed") : chat.title) : names;
    redraw(
      this.head,
      face,
      h("div", { class: "head-words" }, h("b", {}, title), h("small", { class: typing ? "active" : "" }, more)),
      topic ? this.#topicSwitch(chat, topic) : null,
      this.#mode(),
      this.#speakers(),
    );
  }

  #topicSwitch(chat, { id, closed }) {
    const label = t(closed ? "reopen_topic" : "close_topic");
    const button = h("button", { class: "round", type: "button", test: "topic-switch", title: label, "aria-label": label }, icon(closed ? "unlock" : "lock"));
    button.addEventListener("click", () => post(`groups/${chat.id}/topics/${id}`, { action: closed ? "reopen" : "close" }));
    return button;
  }

  #mode() {
    const { group } = this;
    const half = (on, test, words) => {
      const props = { type: "button", test, "aria-pressed": String(group.forum === on) };
      return h("button", { ...props, onclick: () => post(`groups/${group.id}/forum`, { on }) }, words);
    };
    return h("div", { class: "segmented", role: "group", "aria-label": t("mode") }, half(false, "mode-plain", t("plain")), half(true, "mode-forum", t("forum")));
  }

  #speakers() {
    const pills = this.store.operators.map(({ id, name }, place) => {
      const props = { type: "button", class: "speaker", test: `speaker-${id}`, "aria-pressed": String(id === this.me), title: place ? name : `${name} · ${t("admin")}` };
      const run = () => {
        this.#speaker = id;
        this.store.changed();
      };
      return h("button", { ...props, onclick: run }, avatar(id, name, "tiny"), h("span", {}, name), place ? null : icon("shield"));
    });
    return h("div", { class: "speakers", role: "group", "aria-label": t("as") }, h("span", { class: "speakers-label" }, t("as")), ...pills);
  }

  empty(chat) {
    const alone = chat.type === "private";
    const name = this.store.operators.find(({ id }) => id === this.me)?.name;
    return h(
      "div",
      { class: "hello" },
      h("span", { class: "disc large" }, icon(alone ? "lock" : "people")),
      h("h3", {}, t(alone ? "private_title" : "team_title")),
      h("p", {}, t(alone ? "private_text" : "team_text", { name })),
    );
  }
}

function disc(name) {
  return h("span", { class: "avatar plain" }, icon(name));
}

function dot(color, name, closed, sign) {
  const face = h("span", { class: `avatar topic ${sign ? "signed" : ""}`, "aria-hidden": "true" }, sign || (closed ? icon("lock") : [...name][0]?.toUpperCase()));
  face.style.setProperty("--topic", `#${color.toString(16).padStart(6, "0")}`);
  return face;
}
