// One message (or one album) as it stands in the chat.

import { avatar, h, hue, icon } from "./dom.js";
import { rich } from "./entities.js";
import { album, media } from "./media.js";
import { kindOf, wordsOf } from "./store.js";
import { currentLanguage, known, t, time } from "./texts.js";

const BARE = new Set(["sticker"]);

// `look`: {me, bot, group, customer, first, last} tells whose eyes see it and how it stands among its neighbours; with a
// `customer` they are the owner's, whose side the bot writes on.
export function bubble(messages, look, actions) {
  const head = messages[0];
  if (kindOf(head) === "service") return service(head);
  const side = (look.customer ? head.from.id !== look.customer : head.from.id === look.me) ? "mine" : "theirs";
  const name = (head.sender_chat?.title ?? head.from.first_name) || "?";
  const classes = ["message", side, look.first && "first", look.last && "last"].filter(Boolean).join(" ");
  const from = head.from.id === look.bot ? "bot" : side === "mine" ? "me" : "other";
  return h(
    "article",
    { class: classes, test: "message", data: { messageId: head.message_id, from, kind: kindOf(head) } },
    look.group && side === "theirs" ? h("div", { class: "face" }, look.last ? avatar(head.from.id, name, from === "bot" ? "small bot" : "small") : null) : null,
    h(
      "div",
      { class: "column" },
      card(messages, look, actions, name, side),
      keyboard(head, actions),
      reactions(head, look, actions),
      insight(head.insight),
    ),
  );
}

function card(messages, look, actions, name, side) {
  const head = messages[0];
  const worded = messages.find((message) => wordsOf(message)) ?? head;
  const words = wordsOf(worded);
  const named = look.group && side === "theirs" && look.first;
  const classes = ["bubble", `kind-${kindOf(head)}`, BARE.has(kindOf(head)) && "bare", !words && "wordless"].filter(Boolean);
  return h(
    "div",
    { class: classes.join(" "), ondblclick: () => actions.reply(head) },
    look.customer && side === "mine" && byBot(head, look) ? h("div", { class: "forwarded", test: "by-bot" }, t("by_bot")) : null,
    named ? h("div", { class: "author", style: { "--hue": hue(head.from.id) } }, name) : null,
    forwarded(head),
    quote(head, actions),
    messages.length > 1 ? album(messages) : media(head),
    words ? wording(worded, words, side) : null,
    stamp(head, side),
    more(head, actions),
  );
}

// An unseen copy of the stamp keeps its place at the end of the last line.
function wording(message, words, side) {
  const inside = h("span", { test: "message-text" }, ...rich(words, message.entities ?? message.caption_entities));
  const keeper = stamp(message, side, "keeper");
  keeper.setAttribute("aria-hidden", "true");
  return h("div", { class: "words" }, inside, keeper);
}

const byBot = (message, look) => Boolean(message.sender_business_bot) || message.from.id === look.bot;

function forwarded(message) {
  const from = message.forward_origin?.sender_user?.first_name;
  return from ? h("div", { class: "forwarded" }, t("forwarded", { name: from })) : null;
}

function quote(message, actions) {
  const other = message.reply_to_message;
  if (!other || other.forum_topic_created) return null;
  const words = wordsOf(other) || t(kindOf(other));
  return h(
    "button",
    { class: "quote", type: "button", test: "quote", style: { "--hue": hue(other.from.id) }, onclick: () => actions.goTo(other.message_id) },
    h("b", {}, other.from.first_name),
    h("span", {}, words),
  );
}

function stamp(message, side, name = "stamp") {
  const test = name === "stamp" ? "edited" : null;
  return h(
    "span",
    { class: name },
    message.edit_date ? h("span", { test }, t("edited")) : null,
    h("time", {}, time(message.date)),
    side === "mine" ? icon("check") : null,
  );
}

function more(message, actions) {
  const props = { class: "more", type: "button", test: "message-actions", "aria-label": t("actions"), "aria-haspopup": "menu" };
  return h("button", { ...props, onclick: (event) => actions.menu(message, event.currentTarget) }, icon("more"));
}

function keyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "keyboard" }, ...rows.map((row) => h("div", { class: "keys" }, ...row.map((key) => button(key, message, actions)))));
}

function button(key, message, actions) {
  const classes = `key ${["danger", "success", "primary"].includes(key.style) ? key.style : ""}`;
  if (key.url)
    return h("a", { class: classes, href: /^(https?|tg):/.test(key.url) ? key.url : "#", target: "_blank", rel: "noopener noreferrer", test: "inline-button" }, key.text, icon("link"));
  const props = { class: classes, type: "button", test: "inline-button", disabled: Boolean(key.disabled), data: { callback: key.callback_data ?? "" } };
  const press = (event) => (key.copy_text ? actions.copy(key.copy_text.text) : actions.press(message, key.callback_data, event.currentTarget));
  return h("button", { ...props, onclick: press }, key.text);
}

function reactions(message, look, actions) {
  const counts = new Map();
  for (const [who, emoji] of Object.entries(message.reactions ?? {}))
    for (const one of emoji) counts.set(one, [...(counts.get(one) ?? []), Number(who)]);
  if (!counts.size) return null;
  const chips = [...counts].map(([emoji, who]) => {
    const own = who.includes(look.me);
    const props = { class: `chip ${own ? "own" : ""}`, type: "button", test: "reaction", "aria-pressed": String(own) };
    return h("button", { ...props, onclick: () => actions.react(message, own ? "" : emoji) }, emoji, h("small", {}, String(who.length)));
  });
  return h("div", { class: "reactions" }, ...chips);
}

function insight(found) {
  if (!found) return null;
  const several = typeof found.reasoning === "object" ? found.reasoning : null; // one for each language, or one alone
  const reasoning = several ? (several[currentLanguage()] ?? several.en ?? Object.values(several)[0]) : found.reasoning;
  const percent = found.confidence === undefined ? null : Math.round(found.confidence * 100);
  const engine = found.engine && known(`engine_${found.engine}`, found.engine);
  const level = percent === null ? "none" : percent >= 80 ? "high" : percent >= 50 ? "middle" : "low";
  return h(
    "div",
    { class: "insight", test: "insight", data: { level }, "aria-label": t("insight") },
    icon("spark"),
    h(
      "div",
      {},
      h(
        "div",
        { class: "insight-facts" },
        found.scenario ? h("b", { test: "insight-scenario" }, found.scenario) : null,
        percent === null
          ? null
          : h("span", { class: "meter", test: "insight-confidence", "aria-label": t("confidence", { n: percent }) }, h("i", { style: { "--part": `${percent}%` } }), `${percent}%`),
        found.engine ? h("span", { class: "engine", test: "insight-engine", title: t("engine", { name: engine }) }, engine) : null,
      ),
      reasoning ? h("p", { test: "insight-reasoning" }, reasoning) : null,
    ),
  );
}

function service(message) {
  return h("div", { class: "service", test: "service", data: { messageId: message.message_id } }, h("span", {}, note(message)));
}

export function note(message) {
  if (message.forum_topic_created) return t("topic_created", { name: message.forum_topic_created.name });
  if (message.forum_topic_edited) return message.forum_topic_edited.name ? t("topic_edited", { name: message.forum_topic_edited.name }) : t("topic_sign");
  if (message.forum_topic_closed) return t("topic_closed");
  if (message.forum_topic_reopened) return t("topic_reopened");
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("migrated");
  return t("service");
}
