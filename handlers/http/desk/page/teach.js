// What an admin tells of a message that they have tried: which answer it asks for, a new one, or that it is not theirs.

import { get, post, Refused } from "./api.js";
import { Component, html } from "./html.js";
import { fail } from "./state.js";
import { t } from "./texts.js";
import { tell } from "./toasts.js";

const LEARN_MS = 1500;
const LIKELY = 0.2;

export class Teach extends Component {
  constructor({ trial }) {
    super();
    const sure = trial.nearest[0]?.confidence >= LIKELY; // else whoever presses at once would teach a guess
    this.state = { to: sure ? (trial.places[0]?.name ?? "") : "", text: "", writes: false, busy: false, fault: "", done: "" };
  }

  async ask(path, body, then) {
    if (this.state.busy) return;
    this.setState({ busy: true, fault: "" });
    try {
      then(await post(path, body));
    } catch (error) {
      if (error instanceof Refused) this.setState({ fault: error.message });
      else fail(error);
    }
    this.setState({ busy: false });
  }

  teach(body) {
    const { text, language } = this.props;
    return this.ask("answers/teach", { text, language, ...body }, (got) => {
      this.setState({ done: t(got.scenario ? "teach_done" : "teach_foreign_done", { topic: got.title }), writes: false });
      this.waits = setTimeout(() => this.learned(), LEARN_MS);
    });
  }

  // Until the engine knows it, another try would say what it said before.
  async learned() {
    try {
      const { version, learned } = await get("answers/state");
      if (version === learned) return tell(t("teach_learned"));
    } catch {
      return;
    }
    this.waits = setTimeout(() => this.learned(), LEARN_MS);
  }

  undo() {
    return this.ask("answers/unteach", {}, () => this.setState({ done: "" }));
  }

  componentWillUnmount() {
    clearTimeout(this.waits);
  }

  belongs(event) {
    event.preventDefault();
    const [scenario, answer = null] = this.state.to.split(".");
    return this.teach({ to: "place", scenario, answer });
  }

  writes(event) {
    event.preventDefault();
    return this.teach({ to: "answer", html: this.state.text });
  }

  render() {
    const { to, text, writes, busy, fault, done } = this.state;
    const { places } = this.props.trial;
    if (done) return html`<p class="good" role="status" data-testid="taught">${done} <button class="button" type="button" data-testid="teach-undo" disabled=${busy} onClick=${() => this.undo()}>${t("undo")}</button></p>
      ${fault && html`<p class="warning" role="alert">${fault}</p>`}`;
    return html`<details class="teach" data-testid="teach">
      <summary>${t("teach")}</summary>
      ${fault && html`<p class="warning" role="alert" data-testid="teach-fault">${fault}</p>`}
      <form onSubmit=${(event) => this.belongs(event)}>
        <label class="field-row"><span>${t("teach_which")}</span><select data-testid="teach-to" value=${to} onChange=${(event) => this.setState({ to: event.target.value })}><option value="">–</option>${places.map((one) => html`<option key=${one.name} value=${one.name}>${one.title}</option>`)}</select></label>
        <div class="buttons">
          <button class="button primary" type="submit" data-testid="teach-place" disabled=${busy || !to}>${t("teach_place")}</button>
          <button class="button" type="button" data-testid="teach-write" aria-expanded=${writes} onClick=${() => this.setState({ writes: !writes })}>${t("teach_write")}</button>
          <button class="button" type="button" data-testid="teach-foreign" disabled=${busy} onClick=${() => this.teach({ to: "foreign" })}>${t("teach_foreign")}</button>
        </div>
      </form>
      ${writes && html`<form onSubmit=${(event) => this.writes(event)}>
        <label class="field-row"><span>${t("teach_text")}</span><textarea rows="4" required maxlength="3500" data-testid="teach-text" value=${text} onInput=${(event) => this.setState({ text: event.target.value })}></textarea></label>
        <button class="button primary" type="submit" data-testid="teach-save" disabled=${busy || !text.trim()}>${t("save")}</button>
      </form>`}
    </details>`;
  }
}
