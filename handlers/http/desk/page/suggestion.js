// An answer that the bot proposes: sent as it is, taken into the composer, or said to be wrong.

import { Component, html } from "./html.js";
import { act } from "./state.js";
import { t } from "./texts.js";

export class Suggestion extends Component {
  async does(action, choice, then) {
    if (this.busy) return;
    this.busy = true;
    this.setState({});
    await act(action, choice);
    this.busy = false;
    this.setState({});
    then?.();
  }

  render() {
    const { suggestion, take } = this.props;
    const { title, text, missing, gaps } = suggestion;
    const id = String(suggestion.id);
    return html`<section class="suggestion" aria-label=${t("suggestion")} data-testid="suggestion">
      <p>${t("suggestion")}: <b>${title}</b></p>
      <p class="bubble">${text}</p>
      ${missing.length > 0 && html`<p class="warning">${t("ready_missing", { facts: missing.join(", ") })}</p>`}
      ${gaps.length > 0 && html`<p class="warning" data-testid="suggestion-gaps">${t("suggestion_gaps", { gaps: gaps.join(", ") })}</p>`}
      <div class="buttons">
        ${!missing.length && !gaps.length && html`<button class="button primary" type="button" disabled=${this.busy} data-testid="suggestion-send" onClick=${() => this.does("accept", suggestion.words)}>${t("suggestion_send")}</button>`}
        ${!missing.length && html`<button class="button ${gaps.length ? "primary" : ""}" type="button" disabled=${this.busy} data-testid="suggestion-edit" onClick=${() => this.does("edit", id, () => take(text))}>${t("suggestion_edit")}</button>`}
        <button class="button" type="button" disabled=${this.busy} data-testid="suggestion-wrong" onClick=${() => this.does("wrong", id)}>${t("suggestion_wrong")}</button>
      </div>
    </section>`;
  }
}
