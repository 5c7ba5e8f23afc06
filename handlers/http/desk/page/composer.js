// Where answers and notes are written. A draft survives a reload, and a text that could not be sent stays.

import { Component, effect, html, Icon, signal } from "./html.js";
import { Bar, formatOf } from "./formats.js";
import { formatted } from "./formatted.js";
import { about, reword } from "./lines.js";
import { live } from "./live.js";
import { marked, read, written } from "./marks.js";
import { picking, Ready } from "./ready.js";
import { current, draftOf, fail, keepDraft, write } from "./state.js";
import { Suggestion } from "./suggestion.js";
import { t } from "./texts.js";
import { Typing, typed } from "./typing.js";
import { Attach, CAPTION, files, filesIn, sendAll, stage, Staged } from "./uploads.js";

const MOST = 4096;
const TALLEST = 240;
const AGAIN_MS = 3000;
// What a text that was made of a reply leaves open; the bot writes it so, too.
const GAP = /‹[^‹›\n]{1,60}›/g;
export const asNote = signal(false);

// Each ticket begins with an answer: a mode that somebody chose for another is easily overlooked.
effect(() => {
  if (current.value === undefined) return;
  asNote.value = false;
  about.value = null;
});

export class Composer extends Component {
  constructor(props) {
    super(props);
    this.busy = false;
    this.note = asNote.value;
    this.text = draftOf(props.subject.ticket.id, this.note);
  }

  componentDidMount() {
    this.fit();
    // What could not be sent goes by itself when the line is back.
    this.ends = effect(() => live.value.state === "live" && this.waits && setTimeout(() => this.send(), 0));
  }

  componentWillUnmount() {
    this.ends();
    clearTimeout(this.again);
  }

  componentDidUpdate() {
    if (this.about !== about.value) this.follow();
    if (this.note !== asNote.value) this.turn();
    this.fit();
  }

  get changes() {
    return about.value?.action === "change" ? about.value.line : null;
  }

  // Whoever changes a line finds it in the field, and the draft again afterwards.
  follow() {
    const before = this.about;
    this.about = about.value;
    if (this.changes) this.text = written(this.changes.words);
    else if (before?.action === "change") this.text = draftOf(this.props.subject.ticket.id, this.note);
    else return;
    this.setState({});
  }

  // Note and answer have a draft each: what was meant for colleagues must not be sent to the customer by one wrong click.
  turn() {
    this.note = asNote.value;
    about.value = null;
    this.about = null;
    this.waits = false;
    this.text = draftOf(this.props.subject.ticket.id, this.note);
    this.setState({});
  }

  fit() {
    if (!this.area) return;
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(TALLEST, this.area.scrollHeight)}px`;
  }

  // A slash in an empty field asks for answers that are ready; anything that is taken can be changed before it is sent.
  typed(text) {
    if (text === "/" && !this.text && !this.note && !this.changes) {
      picking.value = true;
      return this.setState({});
    }
    this.text = text;
    this.waits = false;
    if (!this.changes) keepDraft(this.props.subject.ticket.id, this.note, text);
    if (text.trim()) typed(this.props.subject.ticket.id);
    this.setState({});
  }

  take(text) {
    this.typed(this.text ? `${this.text.trimEnd()}\n${text}` : text);
    this.area?.focus();
  }

  format(what) {
    const { selectionStart, selectionEnd } = this.area;
    const made = marked(this.text, selectionStart, selectionEnd, what);
    this.typed(made.source);
    requestAnimationFrame(() => {
      this.area.focus();
      this.area.setSelectionRange(made.from, made.to);
    });
  }

  key(event) {
    const what = formatOf(event);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send();
    else if (what) this.format(what);
    else if (event.key === "Escape" && about.value) about.value = null;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Files go to the customer alone; in a note there are none.
  get withFiles() {
    return !this.note && !this.changes && files().length > 0;
  }

  bring(event, data) {
    const found = this.note || this.changes || this.props.subject.customer.channel === "api" ? [] : filesIn(data);
    if (!found.length) return;
    event.preventDefault();
    stage(found);
  }

  // A customer never reads a gap: whoever takes such a text fills it in first.
  get gaps() {
    return this.note ? [] : [...new Set(this.text.match(GAP) ?? [])];
  }

  get most() {
    return this.withFiles ? CAPTION : MOST;
  }

  async send() {
    const { id } = this.props.subject.ticket;
    const { text, note } = this;
    const made = read(text.trim());
    if (this.busy || (!made.text.trim() && !this.withFiles) || made.text.length > this.most || this.gaps.length) return;
    this.busy = true;
    this.waits = false;
    this.setState({});
    try {
      const done = this.withFiles ? await sendAll(id, made, about.value?.line.id ?? null) : this.changes ? await reword(this.changes, made) : await write(id, { ...made, answers: about.value?.line.id ?? null }, note);
      if (done === "away") this.wait();
      else if (done) this.sent(id, note, text);
    } catch (error) {
      fail(error);
    }
    this.busy = false;
    this.setState({});
    this.area?.focus();
  }

  // The line of events may have outlived a short break, and then nothing tells that it is over.
  wait() {
    this.waits = true;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.waits && live.value.state === "live" && this.send(), AGAIN_MS);
  }

  sent(id, note, text) {
    const changed = Boolean(this.changes);
    about.value = null;
    this.about = null;
    if (changed) this.text = draftOf(id, note);
    else {
      keepDraft(id, note, "");
      if (this.text === text) this.text = "";
      if (note) asNote.value = false;
    }
  }

  render() {
    const note = asNote.value;
    const { customer, ticket } = this.props.subject;
    const made = read(this.text);
    const left = this.most - made.text.length;
    const label = this.changes ? "change_line" : note ? "note_label" : "reply_label";
    return html`<form class="composer ${note ? "note" : ""}" onSubmit=${(event) => { event.preventDefault(); this.send(); }} onDragOver=${(event) => event.preventDefault()} onDrop=${(event) => this.bring(event, event.dataTransfer)}>
      <${Typing} ticket=${ticket.id} />
      ${!customer.reachable && !note && html`<p class="warning">${t("unreachable")}</p>`}
      ${ticket.state === "closed" && !note && html`<p class="warning">${t(customer.banned ? "writes_to_banned" : "writes_to_closed")}</p>`}
      ${this.props.subject.suggestion && !note && !this.changes && html`<${Suggestion} key=${this.props.subject.suggestion.words} suggestion=${this.props.subject.suggestion} take=${(text) => this.take(text)} />`}
      <div class="modes" role="group" aria-label=${t("mode")}>
        <button type="button" aria-pressed=${!note} data-testid="mode-reply" onClick=${() => (asNote.value = false)}><${Icon} name="edit" />${t("reply")}</button>
        <button type="button" aria-pressed=${note} data-testid="mode-note" onClick=${() => (asNote.value = true)}><${Icon} name="note" />${t("note")}</button>
        ${!note && html`<button type="button" aria-pressed=${picking.value} data-testid="ready-open" onClick=${() => (picking.value = !picking.value)}><${Icon} name="list" />${t("ready")}</button>`}
        <${Bar} use=${(what) => this.format(what)} />
        <small>${t("send_keys")}</small>
      </div>
      ${picking.value && !note && html`<${Ready} ticket=${ticket.id} take=${(text) => this.take(text)} />`}
      ${about.value && html`<div class="about-line" data-testid="about-line"><${Icon} name=${this.changes ? "edit" : "answer"} /><span><b>${t(this.changes ? "changing" : "answering")}</b> ${about.value.line.words.text || about.value.line.told || ""}</span>
        <button class="bare" type="button" aria-label=${t("leave_it")} onClick=${() => (about.value = null)}><${Icon} name="close" /></button></div>`}
      ${made.entities.length > 0 && html`<div class="looks" data-testid="looks"><small>${t("looks")}</small><div class="text">${formatted(made)}</div></div>`}
      ${!note && html`<${Staged} />`}
      <div class="field">
        ${!note && !this.changes && customer.channel !== "api" && html`<${Attach} />`}
        <textarea
          id="composer"
          rows="1"
          data-testid="composer"
          aria-label=${t(label)}
          placeholder=${t(note ? "note_hint" : "reply_hint", { name: customer.name })}
          value=${this.text}
          ref=${(area) => (this.area = area)}
          onInput=${(event) => this.typed(event.target.value)}
          onPaste=${(event) => this.bring(event, event.clipboardData)}
          onKeyDown=${(event) => this.key(event)}
        ></textarea>
        <button class="button primary send" type="submit" data-testid="send" disabled=${this.busy || (!made.text.trim() && !this.withFiles) || left < 0 || this.gaps.length > 0} aria-label=${t(this.changes ? "save" : note ? "save_note" : "send")}>
          <${Icon} name=${this.changes ? "check" : note ? "note" : "send"} />
        </button>
      </div>
      ${this.gaps.length > 0 && html`<p class="warning" role="status" data-testid="gaps">${t("fill_in", { gaps: this.gaps.join(", ") })}</p>`}
      ${this.waits && html`<p class="warning" role="status" data-testid="waits">${t("waits_for_line")}</p>`}
      ${left < 200 && html`<p class="left ${left < 0 ? "bad" : ""}" role="status">${t(left < 0 ? "too_long" : "left", { n: Math.abs(left) })}</p>`}
    </form>`;
  }
}
