// The scrolling list of messages: what did not change keeps its element, and the place people read stays put.

import { arrange, h } from "./dom.js";
import { bubble } from "./bubble.js";
import { kindOf } from "./store.js";
import { currentLanguage, day, t } from "./texts.js";

const NEAR_END_PX = 120;
const TOGETHER_S = 300;

export class Log {
  #drawn = new Map();
  #where = null;
  #pinned = true;

  constructor(actions) {
    this.actions = actions;
    this.list = h("div", { class: "log-list" });
    this.typing = h("div", { class: "typing", test: "typing", hidden: true }, h("i"), h("i"), h("i"));
    this.typing.setAttribute("role", "status");
    this.element = h(
      "div",
      { class: "log", role: "log", "aria-live": "polite", test: "messages", tabindex: "0", "aria-label": t("messages") },
      this.list,
      this.typing,
    );
    this.actions.goTo = (id) => this.goTo(id);
    const watch = new ResizeObserver(() => this.#pinned && this.#toEnd());
    watch.observe(this.element);
    watch.observe(this.list);
    this.element.addEventListener("scroll", () => {
      this.#pinned = this.#atEnd();
    });
  }

  // `view`: {key, messages, look, empty, typing}
  draw(view) {
    this.element.setAttribute("aria-label", t("messages"));
    const moved = view.key !== this.#where;
    this.#pinned = moved || this.#pinned;
    if (moved) this.#drawn.clear();
    this.#where = view.key;
    arrange(this.list, view.messages.length ? this.#rows(view) : [view.empty()]);
    this.typing.hidden = !view.typing;
    this.typing.setAttribute("aria-label", t("typing"));
    if (this.#pinned) this.#toEnd();
  }

  goTo(id) {
    const found = this.list.querySelector(`[data-message-id="${id}"]`);
    found?.scrollIntoView({ block: "center", behavior: "smooth" });
    found?.classList.add("flash");
    setTimeout(() => found?.classList.remove("flash"), 1200);
  }

  #atEnd() {
    const box = this.element;
    return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #rows({ messages, look }) {
    const drawn = new Map();
    const keep = (key, sign, make) => {
      const old = this.#drawn.get(key);
      drawn.set(key, old?.sign === sign ? old : { sign, element: make() });
    };
    let date = null;
    const blocks = albums(messages);
    blocks.forEach((block, place) => {
      const today = new Date(block[0].date * 1000).toDateString();
      if (today !== date) keep(today, currentLanguage(), () => h("div", { class: "day" }, h("span", {}, day(block[0].date))));
      date = today;
      const here = { ...look, ...standing(blocks, place) };
      const sign = JSON.stringify([block, here, currentLanguage()]);
      keep(block[0].message_id, sign, () => bubble(block, here, this.actions));
    });
    this.#drawn = drawn;
    return [...drawn.values()].map(({ element }) => element);
  }
}

function albums(messages) {
  const blocks = [];
  for (const message of messages) {
    const last = blocks.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else blocks.push([message]);
  }
  return blocks;
}

function standing(blocks, place) {
  const together = (a, b) =>
    Boolean(a && b) &&
    a.from.id === b.from.id &&
    kindOf(a) !== "service" &&
    kindOf(b) !== "service" &&
    Math.abs(a.date - b.date) < TOGETHER_S;
  const [before, here, after] = [blocks[place - 1]?.[0], blocks[place][0], blocks[place + 1]?.[0]];
  return { first: !together(before, here), last: !together(here, after) };
}
