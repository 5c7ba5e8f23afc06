// Answers that are ready, filled in for this customer: picked by words, read before they are taken into the composer.

import { get } from "./api.js";
import { Component, html, Icon, signal } from "./html.js";
import { fail } from "./state.js";
import { t } from "./texts.js";

const SHOWN = 30;
export const picking = signal(false);

export class Ready extends Component {
  constructor(props) {
    super(props);
    this.answers = null;
    this.words = "";
    this.at = 0;
  }

  async componentDidMount() {
    try {
      this.answers = (await get(`tickets/${this.props.ticket}/answers`)).answers;
    } catch (error) {
      picking.value = false;
      fail(error);
    }
    this.setState({});
  }

  get found() {
    const wanted = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ title, text }) => wanted.every((word) => `${title} ${text}`.toLowerCase().includes(word));
    return (this.answers ?? []).filter(fits).slice(0, SHOWN);
  }

  move(by) {
    this.at = Math.max(0, Math.min(this.found.length - 1, this.at + by));
    this.setState({}, () => document.querySelector(".ready [aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Enter") this.take(this.found[this.at]);
    else if (event.key === "Escape") picking.value = false;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(answer) {
    if (!answer || answer.missing.length) return;
    picking.value = false;
    this.props.take(answer.text);
  }

  render() {
    const { found } = this;
    const chosen = found[this.at];
    return html`<div class="ready" data-testid="ready">
      <input
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls="ready-list"
        aria-activedescendant=${chosen ? `ready-${this.at}` : undefined}
        aria-label=${t("ready_search")}
        placeholder=${t("ready_search")}
        data-testid="ready-search"
        value=${this.words}
        ref=${(field) => field && !this.focused && ((this.focused = true), field.focus())}
        onInput=${(event) => {
          this.words = event.target.value;
          this.at = 0;
          this.setState({});
        }}
        onKeyDown=${(event) => this.key(event)}
      />
      <button class="bare" type="button" aria-label=${t("close")} onClick=${() => (picking.value = false)}><${Icon} name="close" /></button>
      <ul id="ready-list" role="listbox" aria-label=${t("ready")}>
        ${found.map(
          (one, at) => html`<li
            key=${`${one.scenario}/${one.answer}/${one.title}`}
            id=${`ready-${at}`}
            role="option"
            aria-selected=${at === this.at}
            aria-disabled=${one.missing.length > 0}
            data-testid="ready-answer"
            onMouseMove=${() => this.at !== at && ((this.at = at), this.setState({}))}
            onClick=${() => this.take(one)}
          >
            <b>${one.title}</b>${one.proposed && html` <span class="chip">${t("ready_proposed")}</span>`}${!one.scenario && html` <span class="chip">${t("ready_own")}</span>`}
            <span class="words">${one.missing.length ? t("ready_missing", { facts: one.missing.join(", ") }) : one.text}</span>
          </li>`,
        )}
      </ul>
      ${!found.length && html`<p class="quiet" role="status">${t(this.answers ? "ready_none" : "loading")}</p>`}
      ${chosen && !chosen.missing.length && html`<p class="preview" tabindex="0" aria-live="polite">${chosen.text}</p>`}
    </div>`;
  }
}
