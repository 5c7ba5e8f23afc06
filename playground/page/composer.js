// Where people write: text, files, samples, a reply, an edit.

import { h, icon } from "./dom.js";
import { openMenu, toast } from "./notice.js";
import { commandsFor } from "./commands.js";
import { kindOf, wordsOf } from "./store.js";
import { t } from "./texts.js";

const LONGEST = 4096;
const LARGEST = 50 * 1024 * 1024;
const TALLEST_PX = 180;
const SAMPLES = [
  ["photo", "picture"],
  ["album", "album"],
  ["voice", "mic"],
  ["sticker", "sticker"],
  ["document", "file"],
  ["location", "pin"],
  ["contact", "person"],
];

export class Composer {
  #drafts = new Map();
  #key = null;
  #reply = null;
  #edit = null;

  // `desk`: {store, place(), send(fields), edit(message, text), lastOwn()}
  constructor(desk) {
    this.desk = desk;
    this.note = h("div", { class: "composer-note", hidden: true });
    this.input = h("textarea", { rows: "1", test: "composer-input", enterkeyhint: "send", autocomplete: "off" });
    this.picker = h("input", { type: "file", hidden: true, multiple: true, test: "file-input", tabindex: "-1" });
    this.clip = this.#button("clip", "composer-attach", () => this.#attach());
    this.slash = this.#button("slash", "composer-commands", () => this.#commands());
    this.button = this.#button("send", "composer-send", () => this.submit());
    this.button.classList.add("send");
    const row = h("div", { class: "composer-row" }, this.clip, this.input, this.slash, this.button, this.picker);
    this.element = h("form", { class: "composer", novalidate: true }, this.note, row);
    this.#listen();
  }

  #button(name, test, run) {
    return h("button", { class: "round", type: "button", test, onclick: run }, icon(name));
  }

  #listen() {
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("input", () => this.#grow());
    this.input.addEventListener("keydown", (event) => this.#key_(event));
    this.input.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) {
        event.preventDefault();
        this.sendFiles(event.clipboardData.files);
      }
    });
    this.picker.addEventListener("change", () => {
      this.sendFiles(this.picker.files);
      this.picker.value = "";
    });
  }

  #key_(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && (this.#reply || this.#edit)) {
      event.stopPropagation();
      this.cancel();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.#edit) {
      const last = this.desk.lastOwn();
      if (last) {
        event.preventDefault();
        this.startEdit(last);
      }
    }
  }

  // Called on every change of the page; a change of chat brings its draft back.
  draw() {
    const { key } = this.desk.place();
    if (key !== this.#key) this.#move(key);
    this.input.placeholder = t("write");
    this.input.setAttribute("aria-label", t("write"));
    this.clip.setAttribute("aria-label", t("attach"));
    this.slash.setAttribute("aria-label", t("commands"));
    this.slash.hidden = Boolean(this.#edit) || !this.#known().length;
    this.button.setAttribute("aria-label", t(this.#edit ? "save" : "send"));
    this.button.replaceChildren(icon(this.#edit ? "check" : "send"));
    this.clip.disabled = Boolean(this.#edit);
    this.#grow();
  }

  #move(key) {
    if (this.#key !== null && !this.#edit) this.#drafts.set(this.#key, this.input.value);
    this.#key = key;
    this.#clearNote();
    this.input.value = this.#drafts.get(key) ?? "";
  }

  startReply(message) {
    this.cancel();
    this.#reply = message;
    this.#showNote("reply", t("replying", { name: message.from.first_name }), message);
  }

  startEdit(message) {
    this.cancel();
    this.#edit = message;
    this.input.value = wordsOf(message);
    this.#showNote("edit", t("editing"), message);
  }

  cancel() {
    if (this.#edit) this.input.value = "";
    this.#clearNote();
    this.draw();
    this.input.focus();
  }

  #showNote(name, title, message) {
    const close = h("button", { class: "round small", type: "button", "aria-label": t("cancel"), test: "composer-cancel" }, icon("close"));
    close.addEventListener("click", () => this.cancel());
    const words = h("div", { class: "note-words" }, h("b", {}, title), h("span", {}, wordsOf(message) || t(kindOf(message))));
    this.note.replaceChildren(icon(name), words, close);
    this.note.dataset.testid = `composer-${name}`;
    this.note.hidden = false;
    this.draw();
    this.input.focus();
  }

  #clearNote() {
    this.#reply = null;
    this.#edit = null;
    this.note.hidden = true;
  }

  async submit() {
    const words = this.input.value.trim();
    if (!words) return;
    const [edited, reply] = [this.#edit, this.#reply];
    this.input.value = "";
    this.#drafts.delete(this.#key);
    this.#clearNote();
    this.draw();
    this.input.focus();
    if (edited) {
      if (words !== wordsOf(edited)) await this.desk.edit(edited, words);
      return;
    }
    for (let at = 0; at < words.length; at += LONGEST)
      await this.desk.send({ kind: "text", text: words.slice(at, at + LONGEST), reply_to: at ? undefined : reply?.message_id });
  }

  async sendFiles(files) {
    for (const file of files) {
      if (file.size > LARGEST) {
        toast(t("too_big"), "error");
        continue;
      }
      const caption = this.input.value.trim();
      await this.#take({ file, caption });
    }
  }

  #take(fields) {
    const reply = this.#reply?.message_id;
    if (fields.caption) this.input.value = "";
    this.#clearNote();
    this.draw();
    return this.desk.send({ ...fields, reply_to: reply });
  }

  #attach() {
    const samples = SAMPLES.map(([kind, sign]) => ({
      label: t(`sample_${kind}`),
      icon: sign,
      test: `attach-${kind}`,
      run: () => this.#take({ kind }),
    }));
    const own = { label: t("picture"), icon: "clip", test: "attach-file", run: () => this.picker.click() };
    openMenu(this.clip, [own, ...samples], t("attach"));
  }

  #known() {
    const { chat, language } = this.desk.place();
    return chat ? commandsFor(this.desk.store.bot.commands, chat, language) : [];
  }

  #commands() {
    const items = this.#known().map(({ command, description }) => ({
      label: `/${command}`,
      more: description,
      test: `command-${command}`,
      run: () => this.desk.send({ kind: "text", text: `/${command}` }),
    }));
    openMenu(this.slash, items, t("commands"));
  }

  #grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST_PX)}px`;
    this.button.classList.toggle("on", Boolean(this.input.value.trim()));
  }
}
