// The conversation in the middle: who said what and when, what the bot thought of it, and what can be done about it.

import { Component, html, Icon, signal } from "./html.js";
import { Composer } from "./composer.js";
import { act, choices, current, loadAbove, loadSubject, mine, subject, talk, title } from "./state.js";
import { named, t } from "./texts.js";
import { clock, day, dayOf, full, span } from "./times.js";
import { Menu } from "./menu.js";

const NEAR = 120;
export const panel = signal(false);

export function Conversation() {
  if (!current.value) return html`<section class="conversation none"><div class="empty"><p><b>${t("choose")}</b></p><p class="quiet">${t("choose_more")}</p></div></section>`;
  const found = subject.value;
  return html`<section class="conversation" aria-label=${t("conversation")}>
    <header class="about">
      <a class="bare back" href="#" aria-label=${t("back")}><${Icon} name="back" /></a>
      <div class="whom">
        <h2>${found ? found.customer.name : `#${current.value}`}</h2>
        ${found && html`<p data-testid="state"><span class="mark ${found.ticket.priority}"></span>#${found.ticket.id} · ${state(found.ticket)}</p>`}
      </div>
      <button class="bare info" type="button" aria-pressed=${panel.value} aria-label=${t("customer")} title=${t("customer")} data-testid="customer-toggle" onClick=${() => (panel.value = !panel.value)}><${Icon} name="person" /></button>
      ${found && html`<${Verbs} ticket=${found.ticket} />`}
    </header>
    <${Talk} />
    ${found && html`<${Composer} key=${found.ticket.id} subject=${found} />`}
  </section>`;
}

function state(ticket) {
  const who = ticket.operator && ticket.state !== "closed" ? ` · ${mine.value ? t("yours") : ticket.operator.name}` : "";
  const waited = ticket.state === "waiting" && span(ticket.waiting_since);
  if (waited) return (waited === t("just_now") ? t("state_waiting_now") : t("state_waiting", { span: waited })) + who;
  if (ticket.state === "snoozed")
    return (ticket.snoozed_until ? t("state_snoozed", { at: full(ticket.snoozed_until) }) : t("state_snoozed_reply")) + who;
  return t(`state_${ticket.state}`) + who;
}

function Verbs({ ticket }) {
  if (ticket.state === "closed")
    return html`<div class="verbs"><button class="button" type="button" data-testid="reopen" onClick=${() => act("reopen")}>${t("reopen")}</button></div>`;
  const others = choices.value.colleagues.filter((one) => one.id !== ticket.operator?.id);
  return html`<div class="verbs" role="toolbar" aria-label=${t("verbs")}>
    ${mine.value
      ? html`<button class="button" type="button" data-testid="release" onClick=${() => act("release")}>${t("release")}</button>`
      : html`<button class="button primary" type="button" data-testid="take" disabled=${Boolean(ticket.operator)} title=${ticket.operator ? t("taken_by", { name: ticket.operator.name }) : ""} onClick=${() => act("take")}>${t("take")}</button>`}
    <${Menu} name="hand" label=${t("hand")} disabled=${!others.length} hint=${others.length ? "" : t("hand_nobody")} items=${others.map((one) => ({ key: one.id, words: one.name, does: () => act("hand", String(one.id)) }))} />
    <${Menu} name="priority" label=${t("priority")} items=${["critical", "high", "medium", "low"].map((one) => ({ key: one, mark: one, words: named("priority_name", one), does: () => act("priority", one) }))} />
    <${Menu} name="snooze" label=${t("snooze")} items=${["hour", "hours", "morning", "reply"].map((one) => ({ key: one, words: named("snooze", one), does: () => act("snooze", one) }))} />
    <${Menu} name="close" label=${t("close_ticket")} items=${["solved", "silent", "spam"].map((one) => ({ key: one, words: named("ending", one), bad: one === "spam", does: () => act("close", one) }))} />
  </div>`;
}

// Keeps the reader where they are: at the end while new lines come, and at the same line while older ones do.
class Talk extends Component {
  getSnapshotBeforeUpdate() {
    const { box } = this;
    if (!box) return null;
    const fromEnd = box.scrollHeight - box.scrollTop - box.clientHeight;
    return { fromEnd, height: box.scrollHeight, top: box.scrollTop, first: this.first, ticket: this.ticket };
  }

  // The field below grows as somebody writes, and takes its room from here.
  sizes = new ResizeObserver(() => this.ended && this.box && (this.box.scrollTop = this.box.scrollHeight));

  measure() {
    const { box } = this;
    this.ended = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  componentDidMount() {
    this.settle(null);
  }

  componentWillUnmount() {
    this.sizes.disconnect();
  }

  componentDidUpdate(_props, _state, before) {
    this.settle(before);
  }

  settle(before) {
    const { box } = this;
    const first = talk.value.lines[0]?.id;
    if (!box) return;
    if (!before || before.ticket !== current.value || before.first === undefined) box.scrollTop = box.scrollHeight;
    else if (first !== before.first) box.scrollTop = before.top + box.scrollHeight - before.height;
    else if (before.fromEnd < NEAR) box.scrollTop = box.scrollHeight;
    this.measure();
    if (this.watched !== box) {
      this.sizes.disconnect();
      this.sizes.observe((this.watched = box));
    }
    this.first = first;
    this.ticket = current.value;
  }

  render() {
    const { lines, more, state } = talk.value;
    if (state === "loading") return html`<div class="talk" aria-label=${t("loading")}><div class="skeleton"><i></i><i></i></div></div>`;
    if (state === "gone" || state === "failed")
      return html`<div class="talk"><div class="empty" role="alert"><p>${t(`ticket_${state}`)}</p>${state === "failed" && html`<button class="button" type="button" onClick=${loadSubject}>${t("again")}</button>`}</div></div>`;
    const above = ({ currentTarget: box }) => {
      this.measure();
      if (box.scrollTop < NEAR) loadAbove();
    };
    return html`<div class="talk" tabindex="0" role="log" aria-label=${t("conversation")} data-testid="talk" ref=${(box) => (this.box = box)} onScroll=${above}>
      ${more && html`<button class="button more" type="button" onClick=${loadAbove}>${t("earlier")}</button>`}
      ${lines.flatMap((line, at) => [
        dayOf(line.created_at) !== dayOf(lines[at - 1]?.created_at ?? 0) && html`<p key=${`d${line.id}`} class="day"><span>${day(line.created_at)}</span></p>`,
        line.ticket_id && line.ticket_id !== lines.slice(0, at).findLast((one) => one.ticket_id)?.ticket_id && html`<p key=${`t${line.id}`} class="cut"><a href=${`#t${line.ticket_id}`}>${t("ticket_n", { n: line.ticket_id })}</a></p>`,
        html`<${Line} key=${line.id} line=${line} />`,
      ])}
    </div>`;
  }
}

function Line({ line }) {
  const side = line.author === "customer" ? "theirs" : "ours";
  const kind = line.kind === "note" ? "note" : line.author;
  return html`<article id=${`line-${line.id}`} class="line ${side} ${kind}" data-testid="line" data-author=${line.author} data-kind=${line.kind}>
    <p class="head"><b>${author(line)}</b> <time title=${full(line.created_at)}>${clock(line.created_at)}</time>${line.edited_at && html` <span title=${full(line.edited_at)}>· ${t("edited")}</span>`}</p>
    ${line.forwarded_from !== null && html`<p class="aside">↪ ${t("forwarded", { name: line.forwarded_from || t("unknown") })}</p>`}
    ${line.quoted && html`<blockquote>${line.quoted}</blockquote>`}
    ${media(line) && html`<p class="media">${named("kind", line.kind)} <small>${t("media_in_group")}</small></p>`}
    ${line.text && html`<p class="text">${linked(line.text)}</p>`}
    <${Foot} line=${line} />
  </article>`;
}

const WORDS = new Set(["text", "note", "answer", "clarify", "notice", "handover", "crowded", "command", "rich_message"]);
const media = (line) => !WORDS.has(line.kind);

function author(line) {
  if (line.kind === "note") return t("note_by", { name: line.author_name ?? "" });
  if (line.author === "operator") return line.author_name ?? t("by_operator");
  return line.author === "bot" ? t("by_bot") : subject.value?.customer.name;
}

function Foot({ line }) {
  const { verdict } = line;
  const percent = verdict && Math.round(verdict.confidence * 100);
  return html`<p class="foot">
    ${line.author === "bot" && line.scenario && html`<span>${title(line.scenario)}</span>`}
    ${line.feedback && html`<span class=${line.feedback}>${t(`feedback_${line.feedback}`)}</span>`}
    ${verdict && html`<span title=${verdict.reasoning}>${verdict.scenario === "UNKNOWN" ? t("not_sure") : title(verdict.scenario)} · ${percent} % · ${t(`engine_${verdict.engine}`)}</span>`}
    ${line.lost && html`<span class="bad" data-testid="lost">${t("not_delivered")}</span>`}
    ${line.delivered === false && !line.lost && html`<span class="sending"><${Icon} name="clock" /> ${t("sending")}</span>`}
    ${line.delivered === true && line.author === "operator" && html`<span class="sent"><${Icon} name="check" /> ${t("delivered")}</span>`}
  </p>`;
}

// Addresses become links; nothing that a customer writes becomes markup.
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"'“”«»]+[^\s<>"'“”«».,;:!?)\]])/g).map((part, at) =>
    at % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer nofollow">${part}</a>` : part,
  );
}
