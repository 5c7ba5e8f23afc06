// A text with Telegram's formatting as elements; nothing that anybody writes becomes markup.

import { html } from "./html.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const ADDRESS = /(https?:\/\/[^\s<>"'“”«»]+[^\s<>"'“”«».,;:!?)\]])/g;

export function formatted({ text, entities }) {
  const all = entities.filter((one) => one.length > 0 && one.offset >= 0 && (one.type in TAGS || one.type === "spoiler" || one.type === "text_link"));
  all.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return between(text, all, 0, text.length);
}

// What stands from one place to another, with the outermost formatting first.
function between(text, entities, from, to) {
  const pieces = [];
  let at = from;
  for (let n = 0; n < entities.length; n++) {
    const one = entities[n];
    const end = Math.min(one.offset + one.length, to);
    if (one.offset < at || end <= one.offset) continue;
    const inner = entities.slice(n + 1).filter((other) => other.offset < end);
    pieces.push(...linked(text.slice(at, one.offset)), dressed(one, between(text, inner, one.offset, end), text.slice(one.offset, end)));
    at = BLOCKS.has(one.type) && text[end] === "\n" ? end + 1 : end; // a block ends its line by itself
  }
  if (at < to) pieces.push(...linked(text.slice(at, to)));
  return pieces;
}

// Where a link leads stands behind its words: words of a stranger may name another place.
function dressed(entity, inside, words) {
  if (entity.type === "spoiler") return html`<span class="spoiler" tabindex="0">${inside}</span>`;
  if (entity.type !== "text_link") return html`<${TAGS[entity.type]}>${inside}</${TAGS[entity.type]}>`;
  const safe = /^https?:\/\//i.test(entity.url ?? "");
  const told = entity.url === words ? "" : ` (${entity.url})`;
  return safe ? html`<a href=${entity.url} target="_blank" rel="noopener noreferrer nofollow">${inside}</a>${told}` : html`<span>${inside}${told}</span>`;
}

// Addresses become links.
function linked(text) {
  return text.split(ADDRESS).map((part, at) =>
    at % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer nofollow">${part}</a>` : part,
  );
}
