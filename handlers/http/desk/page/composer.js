// Where answers and notes are written. A draft survives a reload, and a text that could not be sent stays.

import { Component, effect, html, Icon, signal } from "./html.js";
import { picking, Ready } from "./ready.js";
import { current, draftOf, fail, keepDraft, write } from "./state.js";
import { t } from "./texts.js";

const MOST = 4096;
const TALLEST = 240;
export const asNote = signal(false);

// Each ticket begins with an answer: a mode that somebody chose for another is easily overlooked.
effect(() => {
  if (current.value !== undefined) asNote.value = false;
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
  }

  componentDidUpdate() {
    if (this.note !== asNote.value) this.turn();
    this.fit();
  }

  // Note and answer have a draft each: what was meant for colleagues must not be sent to the customer by one wrong click.
  turn() {
    this.note = asNote.value;
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
    if (text === "/" && !this.text && !this.note) {
      picking.value = true;
      return this.setState({});
    }
    this.text = text;
    keepDraft(this.props.subject.ticket.id, this.note, text);
    this.setState({});
  }

  take(text) {
    this.typed(this.text ? `${this.text.trimEnd()}\n${text}` : text);
    this.area?.focus();
  }

  async send() {
    const { id } = this.props.subject.ticket;
    const { text, note } = this;
    if (this.busy || !text.trim() || text.length > MOST) return;
    this.busy = true;
    this.setState({});
    try {
      if (await write(id, text, note)) {
        keepDraft(id, note, "");
        if (this.text === text) this.text = "";
        if (note) asNote.value = false;
      }
    } catch (error) {
      fail(error);
    }
    this.busy = false;
    this.setState({});
    this.area?.focus();
  }

  render() {
    const note = asNote.value;
    const { customer, ticket } = this.props.subject;
    const left = MOST - this.text.length;
    return html`<form class="composer ${note ? "note" : ""}" onSubmit=${(event) => { event.preventDefault(); this.send(); }}>
      ${!customer.reachable && !note && html`<p class="warning">${t("unreachable")}</p>`}
      ${ticket.state === "closed" && !note && html`<p class="warning">${t(customer.banned ? "writes_to_banned" : "writes_to_closed")}</p>`}
      <div class="modes" role="group" aria-label=${t("mode")}>
        <button type="button" aria-pressed=${!note} data-testid="mode-reply" onClick=${() => (asNote.value = false)}><${Icon} name="edit" />${t("reply")}</button>
        <button type="button" aria-pressed=${note} data-testid="mode-note" onClick=${() => (asNote.value = true)}><${Icon} name="note" />${t("note")}</button>
        ${!note && html`<button type="button" aria-pressed=${picking.value} data-testid="ready-open" onClick=${() => (picking.value = !picking.value)}><${Icon} name="list" />${t("ready")}</button>`}
        <small>${t("send_keys")}</small>
      </div>
      ${picking.value && !note && html`<${Ready} ticket=${ticket.id} take=${(text) => this.take(text)} />`}
      <div class="field">
        <textarea
          id="composer"
          rows="1"
          data-testid="composer"
          aria-label=${t(note ? "note_label" : "reply_label")}
          placeholder=${t(note ? "note_hint" : "reply_hint", { name: customer.name })}
          value=${this.text}
          ref=${(area) => (this.area = area)}
          onInput=${(event) => this.typed(event.target.value)}
          onKeyDown=${(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              this.send();
            }
          }}
        ></textarea>
        <button class="button primary send" type="submit" data-testid="send" disabled=${this.busy || !this.text.trim() || left < 0} aria-label=${t(note ? "save_note" : "send")}>
          <${Icon} name=${note ? "note" : "send"} />
        </button>
      </div>
      ${left < 200 && html`<p class="left ${left < 0 ? "bad" : ""}" role="status">${t(left < 0 ? "too_long" : "left", { n: Math.abs(left) })}</p>`}
    </form>`;
  }
}
