// What is asked and not answered: questions of one meaning together, what operators answered, and what admins decide.

import { about } from "./address.js";
import { get, post } from "./api.js";
import { Component, html, signal } from "./html.js";
import { fail, me } from "./state.js";
import { t } from "./texts.js";
import { full } from "./times.js";
import { tell } from "./toasts.js";

const KINDS = ["open", "decided", "hidden"];

const kind = signal("open");
const words = signal("");
const found = signal({ state: "loading", groups: [], count: 0 });
const sheet = signal({ state: "loading", found: null });
let asked = 0;

async function load(more = false) {
  const mark = ++asked;
  const before = more ? found.value.groups : [];
  found.value = { ...found.value, state: "loading" };
  try {
    const page = await get("unanswered", { kind: kind.value, words: words.value.trim(), past: before.length });
    if (mark === asked) found.value = { state: "ready", groups: [...before, ...page.groups], count: page.count };
  } catch (error) {
    if (mark === asked) found.value = { ...found.value, state: "failed" };
    fail(error);
  }
}

async function open(id) {
  sheet.value = { state: "loading", found: null };
  try {
    const got = await get(`unanswered/${id}`);
    if (about.value === String(id)) sheet.value = { state: "ready", found: got };
  } catch (error) {
    sheet.value = { state: error.status === 404 ? "gone" : "failed", found: null };
    if (error.status !== 404) fail(error);
  }
}

async function decide(id, body) {
  try {
    await post(`unanswered/${id}/decision`, body);
    const undo = { words: t("undo"), does: () => decide(id, { action: "undo" }) };
    tell(t(`unanswered_done_${body.action}`), "good", body.action === "undo" ? null : undo);
  } catch (error) {
    fail(error);
  }
  await Promise.all([load(), about.value === String(id) && open(id)]);
}

export class Page extends Component {
  componentDidMount() {
    this.shown = null;
    this.arrive();
    load();
  }

  componentDidUpdate() {
    this.arrive();
  }

  arrive() {
    if (about.value === this.shown) return;
    this.shown = about.value;
    if (about.value) open(about.value);
  }

  render() {
    return about.value ? html`<${Sheet} />` : html`<${List} />`;
  }
}

function List() {
  const { state, groups, count } = found.value;
  return html`<section class="sheet" aria-labelledby="unanswered-title" data-testid="unanswered">
    <h2 id="unanswered-title">${t("page_unanswered")}</h2>
    <p class="quiet">${t("unanswered_about")}</p>
    <div class="unanswered-head">
      <div class="segmented" role="group" aria-label=${t("unanswered_kind")}>
        ${KINDS.map((one) => html`<button key=${one} type="button" data-testid=${`kind-${one}`} aria-pressed=${kind.value === one} onClick=${() => { kind.value = one; load(); }}>${t(`unanswered_${one}`)}</button>`)}
      </div>
      <form role="search" onSubmit=${(event) => { event.preventDefault(); load(); }}>
        <label><span class="quiet">${t("unanswered_search")}</span>
          <input class="typed" type="search" maxlength="200" data-testid="unanswered-words" value=${words.value} onInput=${(event) => (words.value = event.target.value)} /></label>
      </form>
    </div>
    ${state === "failed" && html`<p class="warning" role="alert">${t("list_failed")} <button class="button" type="button" onClick=${() => load()}>${t("again")}</button></p>`}
    ${!groups.length && state !== "failed" && html`<div class="empty" role="status"><p>${t(state === "loading" ? "loading" : words.value ? "unanswered_not_found" : `unanswered_none_${kind.value}`)}</p></div>`}
    <ul class="entries">
      ${groups.map((one) => html`<li key=${one.id} class="entry" data-testid="question-group">
        <a href=${`#unanswered/${one.id}`}><b>${one.title}</b></a>
        <small>${figures(one)}${one.topic && html` · <span class="chip">${one.topic}</span>`}</small>
      </li>`)}
    </ul>
    ${groups.length < count && html`<button class="button more" type="button" onClick=${() => load(true)}>${t(state === "loading" ? "loading" : "more")}</button>`}
  </section>`;
}

const figures = (one) => `${t("unanswered_count", { n: one.count })} · ${t("unanswered_weeks", { now: one.this_week, before: one.week_before })}`;

function Sheet() {
  const { state, found: got } = sheet.value;
  if (!got) return html`<section class="sheet" aria-label=${t("page_unanswered")}><a href="#unanswered">← ${t("page_unanswered")}</a>
    <p class="quiet" role="status" data-testid="question-gone">${t(state === "loading" ? "loading" : state === "gone" ? "unanswered_gone" : "list_failed")}</p></section>`;
  const { group, questions, replies } = got;
  return html`<section class="sheet" aria-labelledby="question-title" data-testid="question-sheet">
    <a href="#unanswered">← ${t("page_unanswered")}</a>
    <h2 id="question-title">${group.title}</h2>
    <p class="quiet">${figures(group)} · ${t("unanswered_last", { at: full(group.last_at) })}</p>
    ${group.state === "open" ? me.value?.role === "admin" && html`<${Choices} key=${group.id} got=${got} />` : html`<${Stands} group=${group} />`}
    <h3>${t("unanswered_replies")}</h3>
    ${!replies.length && html`<p class="quiet">${t("unanswered_no_replies")}</p>`}
    <ul class="entries">${replies.map((one) => html`<li key=${one.ticket_id} class="entry" data-testid="team-reply">
      <p class="lines">${one.text}</p><small>${one.author} · <a href=${`#t${one.ticket_id}`}>#${one.ticket_id}</a> · ${full(one.created_at)}</small></li>`)}</ul>
    <h3>${t("unanswered_questions")}</h3>
    <ul class="entries">${questions.map((one) => html`<li key=${one.ticket_id} class="entry" data-testid="question">
      <p class="lines">${one.text}</p><small><a href=${`#t${one.ticket_id}`}>#${one.ticket_id}</a> · ${full(one.asked_at)}</small></li>`)}</ul>
  </section>`;
}

function Stands({ group }) {
  return html`<p data-testid="question-decided">${t(`unanswered_is_${group.state}`, { topic: group.topic ?? group.scenario ?? "" })}
    ${group.decided_by && html` <small>${group.decided_by} · ${full(group.decided_at)}</small>`}
    ${group.since_decided > 0 && html` <span class="chip">${t("unanswered_since", { n: group.since_decided })}</span>`}
    ${me.value?.role === "admin" && html` <button class="button" type="button" data-testid="question-undo" onClick=${() => decide(group.id, { action: "undo" })}>${t("undo")}</button>`}</p>`;
}

class Choices extends Component {
  constructor({ got }) {
    super();
    const [first] = got.replies;
    this.state = { title: got.proposed, text: first?.source ?? "", gaps: first?.gaps ?? [], to: got.topics.filter((one) => one.likely).map(named)[0] ?? "" };
  }

  make() {
    const { group } = this.props.got;
    decide(group.id, { action: "make", title: this.state.title, language: group.language, text: this.state.text });
  }

  belongs(action) {
    const [scenario, answer = null] = this.state.to.split(".");
    decide(this.props.got.group.id, { action, scenario, answer });
  }

  render() {
    const { got } = this.props;
    const { title, text, gaps, to: chosen } = this.state;
    return html`<div class="unanswered-choices" data-testid="question-choices">
      <form onSubmit=${(event) => { event.preventDefault(); this.make(); }}>
        <h3>${t("unanswered_make")}</h3>
        <label class="field-row"><span>${t("answer_title")}</span><input class="typed" maxlength="60" required data-testid="make-title" value=${title} onInput=${(event) => this.setState({ title: event.target.value })} /></label>
        ${got.replies.length > 1 && html`<label class="field-row"><span>${t("unanswered_from")}</span><select data-testid="make-from" onChange=${(event) => { const one = got.replies[event.target.value]; this.setState({ text: one.source, gaps: one.gaps }); }}>
          ${got.replies.map((one, place) => html`<option key=${one.ticket_id} value=${place}>${one.author}: ${one.source.slice(0, 60)}</option>`)}</select></label>`}
        <label class="field-row"><span>${t("answer_text")}</span><textarea rows="5" required data-testid="make-text" value=${text} onInput=${(event) => this.setState({ text: event.target.value })}></textarea></label>
        ${gaps.length > 0 && html`<p class="warning" data-testid="make-gaps">${t("unanswered_gaps", { gaps: gaps.join(", ") })}</p>`}
        <p class="quiet">${t("unanswered_suggest")}</p>
        <button class="button primary" type="submit" data-testid="make">${t("unanswered_make_it")}</button>
      </form>
      <div>
        <h3>${t("unanswered_existing")}</h3>
        <label class="field-row"><span>${t("unanswered_which")}</span><select data-testid="belongs-to" value=${chosen} onChange=${(event) => this.setState({ to: event.target.value })}>
          <option value="">–</option>
          ${got.topics.map((one) => html`<option key=${named(one)} value=${named(one)}>${one.likely ? "✨ " : ""}${one.title}</option>`)}
        </select></label>
        <div class="buttons">
          <button class="button" type="button" disabled=${!chosen} title=${t("unanswered_join_about")} data-testid="join" onClick=${() => this.belongs("join")}>${t("unanswered_join")}</button>
          <button class="button" type="button" disabled=${!chosen} title=${t("unanswered_belong_about")} data-testid="belong" onClick=${() => this.belongs("belong")}>${t("unanswered_belong")}</button>
        </div>
        <div class="buttons">
          <button class="button" type="button" data-testid="foreign" onClick=${() => decide(got.group.id, { action: "foreign" })}>${t("unanswered_foreign")}</button>
          <button class="button" type="button" data-testid="hide" onClick=${() => decide(got.group.id, { action: "hide" })}>${t("unanswered_hide")}</button>
        </div>
      </div>
    </div>`;
  }
}

const named = (one) => (one.answer ? `${one.scenario}.${one.answer}` : one.scenario);
