// Telegram's HTML as elements: its own few tags are drawn, everything else stays text.

import { html } from "./html.js";

const TOKEN = /<(\/?)([a-z][a-z-]*)((?:\s[^<>]*)?)>|&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-f]{1,6});|([^<&]+|[<&])/gi;
const TAGS = { b: "strong", i: "em", u: "u", s: "s", code: "code", pre: "pre", blockquote: "blockquote", a: "a", "tg-spoiler": "span" };
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"' };

export function Rich({ markup }) {
  const open = [{ tag: null, children: [] }];
  for (const [, closes, name, attributes, entity, words] of markup.matchAll(TOKEN)) {
    const inner = open[open.length - 1];
    if (words !== undefined) inner.children.push(words);
    else if (entity) inner.children.push(letter(entity));
    else if (!TAGS[name]) continue;
    else if (!closes) open.push({ tag: name, attributes, children: [] });
    else if (inner.tag === name) {
      open.pop();
      open[open.length - 1].children.push(element(inner));
    }
  }
  return html`<span class="rich">${open.flatMap((one) => one.children)}</span>`;
}

const letter = (entity) => NAMED[entity] ?? String.fromCodePoint(parseInt(entity.slice(entity[1] === "x" ? 2 : 1), entity[1] === "x" ? 16 : 10));

function element({ tag, attributes, children }) {
  const Tag = TAGS[tag];
  if (tag !== "a") return html`<${Tag} class=${tag === "tg-spoiler" ? "spoiler" : undefined}>${children}</${Tag}>`;
  const href = attributes.match(/href="(https?:\/\/[^"]*)"/)?.[1]?.replace(/&amp;/g, "&");
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${children}</a>` : html`<span>${children}</span>`;
}
