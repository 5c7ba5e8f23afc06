// One half of the page: a list of places, one place in full, a composer. Customers and operators each have one.

import { h } from "./dom.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { post } from "./net.js";
import { alertBox, openMenu, toast } from "./notice.js";
import { note } from "./bubble.js";
import { kindOf, place, wordsOf } from "./store.js";
import { t } from "./texts.js";

const QUICK = ["👍", "❤", "🔥", "🎉", "😢", "🙏"];
const ANSWER_MS = 15_000;

export class Pane {
  #presses = new Map();

  constructor(root, store) {
    this.root = root;
    this.store = store;
    this.composer = new Composer({
      store,
      place: () => this.place(),
      send: (fields) => this.send(fields),
      edit: (message, text) => post(`${this.path(message)}/edit`, { as: this.me, text }),
      lastOwn: () => this.messages().findLast((message) => message.from.id === this.me && !message.sender_business_bot && wordsOf(message)),
    });
    this.log = new Log({
      reply: (message) => this.composer.startReply(message),
      press: (message, data, button) => this.press(message, data, button),
      react: (message, emoji) => post(`${this.path(message)}/reaction`, { as: this.me, emoji }),
      menu: (message, anchor) => this.menu(message, anchor),
      copy: (words) => copy(words),
    });
    this.side = h("div", { class: "side" });
    this.head = h("header", { class: "chat-head" });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    const chat = h("div", { class: "chat" }, this.head, this.toasts, this.log.element, this.composer.element);
    this.root.append(this.side, chat);
    this.#dropping(chat);
  }

  // Which chat is shown, and to whose eyes: subclasses say. `place().customer`: whose chat the owner looks at.
  get me() {
    return 0;
  }

  place() {
    return { key: "", chat: null, thread: 0, language: "en" };
  }

  messages() {
    const { chat, thread } = this.place();
    return chat ? this.store.history(chat.id, thread) : [];
  }

  path(message) {
    return `chats/${message.chat_id}/messages/${message.message_id}`;
  }

  send(fields) {
    const { chat, thread } = this.place();
    const body = { as: this.me, thread: thread || undefined, ...fields };
    if (!fields.file) return post(`chats/${chat.id}/messages`, body);
    const form = new FormData();
    for (const [name, value] of Object.entries(body)) if (value !== undefined) form.append(name, value);
    return post(`chats/${chat.id}/messages`, form);
  }

  async press(message, data, button) {
    button.classList.add("waiting");
    setTimeout(() => button.classList.remove("waiting"), ANSWER_MS);
    const found = await post(`${this.path(message)}/press`, { as: this.me, data });
    if (!found) return button.classList.remove("waiting");
    const early = this.#presses.get(found.press_id);
    if (early) this.#answer(button, early);
    else this.#presses.set(found.press_id, { button });
  }

  // The answer to a press may come before the press itself is told to be done.
  answered(event) {
    const press = this.#presses.get(event.press_id);
    if (press?.button) this.#answer(press.button, event);
    else this.#presses.set(event.press_id, event);
  }

  #answer(button, { answer }) {
    button.classList.remove("waiting");
    if (!answer.text) return;
    if (answer.show_alert) alertBox(answer.text);
    else toast(answer.text, "info", this.toasts);
  }

  menu(message, anchor) {
    const own = message.from.id === this.me;
    const words = wordsOf(message);
    const written = own && !message.sender_business_bot;
    const items = [
      { row: (menu) => QUICK.map((emoji) => this.#quick(message, emoji, menu)) },
      { label: t("reply"), icon: "reply", test: "menu-reply", run: () => this.composer.startReply(message) },
      written && words && { label: t("edit"), icon: "edit", test: "menu-edit", run: () => this.composer.startEdit(message) },
      words && { label: t("copy"), icon: "copy", test: "menu-copy", run: () => copy(words) },
      own && { label: t("delete"), icon: "trash", test: "menu-delete", danger: true, run: () => post(`${this.path(message)}/delete`, { as: this.me }) },
    ];
    openMenu(anchor, items.filter(Boolean), t("actions"));
  }

  #quick(message, emoji, menu) {
    const props = { type: "button", role: "menuitem", class: "emoji", test: "menu-react", "aria-label": t("react", { emoji }) };
    const run = () => {
      menu.hidePopover();
      post(`${this.path(message)}/reaction`, { as: this.me, emoji });
    };
    return h("button", { ...props, data: { emoji }, onclick: run }, emoji);
  }

  draw() {
    const { key, chat, thread, customer } = this.place();
    if (!chat) return;
    const group = chat.type !== "private" && !chat.elsewhere;
    const look = { me: this.me, bot: this.store.bot.id, group, customer };
    const typing = this.store.isTyping(place(chat.id, thread));
    this.drawSide();
    this.drawHead(chat, typing);
    this.log.draw({ key, messages: this.messages(), look, typing, empty: () => this.empty(chat) });
    this.composer.draw();
  }

  preview(chatId, thread) {
    const last = this.store.history(chatId, thread).at(-1);
    if (!last) return "";
    if (kindOf(last) === "service") return note(last);
    return wordsOf(last).replace(/\s+/g, " ").slice(0, 80) || t(kindOf(last));
  }

  #dropping(chat) {
    const shade = h("div", { class: "drop", hidden: true });
    chat.append(shade);
    chat.addEventListener("dragover", (event) => {
      event.preventDefault();
      shade.textContent = t("drop");
      shade.hidden = false;
    });
    chat.addEventListener("dragleave", (event) => {
      if (!chat.contains(event.relatedTarget)) shade.hidden = true;
    });
    chat.addEventListener("drop", (event) => {
      event.preventDefault();
      shade.hidden = true;
      this.composer.sendFiles(event.dataTransfer.files);
    });
  }
}

export function badge(count) {
  return count ? h("span", { class: "badge", test: "badge", "aria-label": t("unread", { n: count }) }, count > 99 ? "99+" : String(count)) : null;
}

async function copy(words) {
  await navigator.clipboard.writeText(words).catch(() => {});
  toast(t("copied"));
}
