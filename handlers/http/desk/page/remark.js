// The note on a customer, beside a conversation and on their page.

import { Component, html } from "./html.js";
import { remark } from "./state.js";
import { t } from "./texts.js";

// What the team has noted about the customer: read and changed in one place, saved on leaving the field. What somebody
// is typing stays; where a colleague has saved another text meanwhile, both are shown and the writer chooses.
export class Remark extends Component {
  constructor(props) {
    super(props);
    this.read = this.theirs;
    this.text = this.read;
  }

  get theirs() {
    return this.props.customer.note ?? "";
  }

  get clash() {
    return this.read !== this.theirs && this.text.trim() !== this.theirs;
  }

  componentWillUnmount() {
    this.gone = true;
  }

  typed(text) {
    this.text = text;
    this.setState({});
  }

  take(text, focus) {
    this.read = this.theirs;
    this.typed(text);
    if (focus) this.area?.focus();
  }

  // A field that is removed loses its focus too: nobody has meant to save what stood in it.
  async left() {
    this.typing = false;
    if (!this.gone && !this.clash) await this.keep();
    if (!this.gone) this.setState({});
  }

  async keep() {
    const wanted = this.text.trim();
    if (wanted !== this.read && (await remark(this.props.customer.id, wanted, this.read || null))) this.read = wanted;
  }

  async mine() {
    this.read = this.theirs;
    await this.keep();
    if (!this.gone) this.setState({});
  }

  render() {
    if (!this.typing && this.text.trim() === this.read) this.text = this.read = this.theirs;
    return html`<div class="remark">
      <label><span>${t("remark")}</span>
        <textarea
          rows="2"
          maxlength="1000"
          data-testid="remark"
          placeholder=${t("remark_hint")}
          value=${this.text}
          ref=${(area) => (this.area = area)}
          onFocus=${() => (this.typing = true)}
          onInput=${(event) => this.typed(event.target.value)}
          onBlur=${() => this.left()}
        ></textarea>
      </label>
      ${this.clash && html`<div class="warning" role="alert" data-testid="remark-clash">
        <p>${t(this.theirs ? "remark_clash" : "remark_clash_empty")}</p>
        ${this.theirs && html`<blockquote>${this.theirs}</blockquote>`}
        <div class="buttons">
          <button class="button" type="button" onClick=${() => this.mine()}>${t("remark_mine")}</button>
          <button class="button" type="button" onClick=${() => this.take(this.theirs, true)}>${t("remark_theirs")}</button>
        </div>
      </div>`}
    </div>`;
  }
}
