// Text with entities becomes elements. Offsets count UTF-16 units, as JavaScript strings do.

import { h } from "./dom.js";
import { moment, t } from "./texts.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE = /^(https?|tg|mailto|tel):/i;

export function rich(text, entities = []) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, sorted, 0, text.length);
}

function pieces(text, entities, start, end) {
  const found = [];
  let place = start;
  let rest = entities.filter((entity) => entity.offset >= start && entity.offset < end);
  while (rest.length) {
    const [first, ...others] = rest;
    const stop = Math.min(first.offset + first.length, end);
    if (first.offset > place) found.push(text.slice(place, first.offset));
    place = first.offset;
    const inner = others.filter((entity) => entity.offset < stop);
    found.push(wrap(first, text.slice(first.offset, stop), pieces(text, inner, first.offset, stop)));
    // A block ends its line by itself: the line break after it would be one too many.
    place = BLOCKS.has(first.type) && text[stop] === "\n" ? stop + 1 : stop;
    rest = others.filter((entity) => entity.offset >= stop);
  }
  if (place < end) found.push(text.slice(place, end));
  return found;
}

function wrap(entity, words, children) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
    case "code":
      return h(TAGS[entity.type], {}, ...children);
    case "pre":
      return h("pre", { data: entity.language ? { language: entity.language } : {} }, h("code", {}, ...children));
    case "text_link":
      return link(entity.url, children);
    case "url":
      return link(/^[a-z]+:\/\//i.test(words) ? words : `https://${words}`, children);
    case "email":
      return link(`mailto:${words}`, children);
    case "spoiler":
      return spoiler(children);
    case "blockquote":
      return h("blockquote", {}, ...children);
    case "expandable_blockquote":
      return folding(children);
    case "date_time":
      return h("time", { datetime: new Date(entity.unix_time * 1000).toISOString() }, moment(entity.unix_time));
    case "bot_command":
    case "mention":
    case "hashtag":
    case "text_mention":
      return h("span", { class: "accent" }, ...children);
    default:
      return h("span", {}, ...children);
  }
}

function link(url, children) {
  if (!SAFE.test(url)) return h("span", {}, ...children);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function spoiler(children) {
  const button = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("show_spoiler") });
  const inside = h("span", {}, ...children);
  button.append(inside);
  const show = () => {
    button.classList.add("shown");
    button.removeAttribute("role");
    button.removeAttribute("aria-label");
  };
  button.addEventListener("click", show);
  button.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && show());
  return button;
}

function folding(children) {
  const quote = h("blockquote", { class: "folded", title: t("more") }, ...children);
  quote.addEventListener("click", () => quote.classList.toggle("folded"));
  return quote;
}
