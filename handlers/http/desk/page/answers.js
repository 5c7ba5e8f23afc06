// Answers, for admins: topics on the left, the open one in the middle, a message to try on the right.

import { about } from "./address.js";
import { Component, html, Icon, signal } from "./html.js";
import { dirty, hasDraft, learning, loadOutlines, move, NEW, open, outlines } from "./answers_state.js";
import { Facts } from "./facts.js";
import { Replies } from "./replies.js";
import { Scenario } from "./scenario.js";
import { language, named, t } from "./texts.js";
import { Try } from "./try.js";
import { Unread } from "./unread.js";

const FACTS = "~facts";
const REPLIES = "~replies";
const search = signal("");
let shown = null;

export class Page extends Component {
  componentDidMount() {
    if (!outlines.value) loadOutlines();
  }

  render() {
    const wanted = about.value ?? "";
    if (wanted !== shown) {
      shown = wanted;
      if (wanted && ![FACTS, REPLIES].includes(wanted)) queueMicrotask(() => open(wanted));
    }
    return html`<div class="answers ${wanted ? "reading" : ""}" data-testid="answers">
      <${List} wanted=${wanted} />
      <section class="editor" aria-label=${t("page_answers")}>
        <a class="back-link" href="#answers"><${Icon} name="back" />${t("page_answers")}</a>
        ${wanted === FACTS ? html`<${Facts} />` : wanted === REPLIES ? html`<${Replies} />` : wanted ? html`<${Scenario} key=${wanted} />` : html`<div class="empty"><p><b>${t("answers_choose")}</b></p><p class="quiet">${t("answers_choose_more")}</p></div>`}
      </section>
      <${Try} />
    </div>`;
  }
}

function List({ wanted }) {
  const found = outlines.value;
  if (found === "failed") return html`<nav class="topics"><${Unread} load=${loadOutlines} /></nav>`;
  const words = search.value.trim().toLowerCase();
  const fits = (one) => !words || one.words.includes(words) || one.key.toLowerCase().includes(words) || Object.values(one.title).some((title) => title.toLowerCase().includes(words));
  const topics = found?.scenarios.filter(fits) ?? [];
  return html`<nav class="topics" aria-label=${t("answers_topics")}>
    <div class="head">
      <input type="search" data-testid="answers-search" aria-label=${t("answers_search")} placeholder=${t("answers_search")} value=${search.value} onInput=${(event) => (search.value = event.target.value)} />
      <a class="button" href=${`#answers/${NEW}`} data-testid="answers-add">${t("answers_add")}</a>
    </div>
    <p class="learning" role="status">${learning.value && t("answers_learning")}</p>
    <ul>
      ${topics.map((one, at) => html`<${Topic} key=${one.key} topic=${one} chosen=${wanted === one.key} first=${at === 0} last=${at === topics.length - 1} movable=${!words} />`)}
      ${found && !topics.length && html`<li class="quiet">${t("answers_nothing")}</li>`}
      ${!found && html`<li class="quiet" role="status">${t("loading")}</li>`}
    </ul>
    <ul>
      <${Place} name=${FACTS} words=${t("facts")} chosen=${wanted === FACTS} />
      <${Place} name=${REPLIES} words=${t("replies")} chosen=${wanted === REPLIES} />
      ${(found?.removed ?? []).map((key) => html`<${Place} key=${key} name=${key} words=${t("answers_gone", { key })} chosen=${wanted === key} />`)}
    </ul>
  </nav>`;
}

function Topic({ topic, chosen, first, last, movable }) {
  const { key, title } = topic;
  const unsaved = chosen ? dirty.value : hasDraft(key);
  return html`<li class="topic">
    <a href=${`#answers/${key}`} aria-current=${chosen ? "page" : undefined} data-testid=${`topic-${key}`}>
      <span class="mark ${topic.priority}" title=${named("priority_name", topic.priority)}></span>
      <span><b>${title[language.value] || key}</b>${unsaved && html` <span class="chip">${t("unsaved")}</span>`}
        <small>${topic.action === "escalate" ? t("action_escalate") : t("topic_counts", { n: topic.phrases, texts: topic.texts })}</small>
        ${["suggest", "off"].map((mode) => topic.modes[mode] && html`<small key=${mode}>${t(`topic_${mode}`, { n: topic.modes[mode] })}</small>`)}
        ${topic.waits_for.length > 0 && html`<small class="hot">${t("topic_waits", { facts: topic.waits_for.join(", ") })}</small>`}
        ${topic.lacks.length > 0 && html`<small class="hot" title=${topic.lacks.join("\n")}>${topic.lacks[0]}</small>`}
      </span>
    </a>
    ${chosen && movable && html`<span class="moves">
      <button class="bare" type="button" disabled=${first} aria-label=${t("move_up")} title=${t("move_up")} onClick=${() => move(key, -1)}>↑</button>
      <button class="bare" type="button" disabled=${last} aria-label=${t("move_down")} title=${t("move_down")} onClick=${() => move(key, 1)}>↓</button>
    </span>`}
  </li>`;
}

const Place = ({ name, words, chosen }) => html`<li class="topic"><a href=${`#answers/${name}`} aria-current=${chosen ? "page" : undefined} data-testid=${`topic-${name}`}><span></span><b>${words}</b></a></li>`;
