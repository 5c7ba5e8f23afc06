// Under the conversation: whether the bot shall answer from now on as the team has just done.

import { get, post } from "./api.js";
import { Component, html } from "./html.js";
import { fail, talk } from "./state.js";
import { t } from "./texts.js";
import { tell } from "./toasts.js";

const SOON_MS = 6000; // the server looks for new replies every few seconds

export class Lesson extends Component {
  state = { lesson: null, open: false };

  componentDidMount() {
    this.look();
  }

  componentDidUpdate() {
    this.look();
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
  }

  // Looked up when the team's last line is another one than before.
  look() {
    const last = talk.value.lines.findLast((one) => one.author === "operator")?.id ?? null;
    if (last === this.last) return;
    this.last = last;
    clearTimeout(this.timer);
    if (last === null) return;
    this.load();
    this.timer = setTimeout(() => this.load(), SOON_MS);
  }

  async load() {
    const lesson = await get(`tickets/${this.props.ticket}/lesson`).catch(() => null);
    if (lesson && lesson.state !== this.state.lesson?.state) this.setState({ lesson, open: false, title: lesson.proposed, text: lesson.source, to: "" });
  }

  async send(body) {
    try {
      await post(`tickets/${this.props.ticket}/lesson`, body);
      const undo = { words: t("undo"), does: () => this.send({ action: "undo" }) };
      if (body.action !== "no") tell(t(body.action === "undo" ? "lesson_undone" : "lesson_taught"), "good", body.action === "undo" ? null : undo);
    } catch (error) {
      fail(error);
    }
    this.load();
  }

  join() {
    const [scenario, answer = null] = this.state.to.split(".");
    this.send({ action: "join", scenario, answer });
  }

  render() {
    const { lesson, open, title, text, to } = this.state;
    if (lesson?.state !== "offered") return null;
    if (!open)
      return html`<p class="lesson" data-testid="lesson">🎓 ${t("lesson_offer")}
        <button class="button" type="button" data-testid="lesson-yes" onClick=${() => this.setState({ open: true })}>${t("lesson_yes")}</button>
        <button class="button" type="button" data-testid="lesson-no" onClick=${() => this.send({ action: "no" })}>${t("lesson_no")}</button></p>`;
    return html`<form class="lesson unanswered-choices" data-testid="lesson-form" onSubmit=${(event) => { event.preventDefault(); this.send({ action: "make", title, text }); }}>
      <div>
        <p><b>${lesson.question}</b></p>
        <label class="field-row"><span>${t("answer_title")}</span><input class="typed" maxlength="60" required data-testid="lesson-title" value=${title} onInput=${(event) => this.setState({ title: event.target.value })} /></label>
        <label class="field-row"><span>${t("answer_text")}</span><textarea rows="4" required data-testid="lesson-text" value=${text} onInput=${(event) => this.setState({ text: event.target.value })}></textarea></label>
        ${lesson.gaps.length > 0 && html`<p class="warning">${t("unanswered_gaps", { gaps: lesson.gaps.join(", ") })}</p>`}
        <p class="quiet">${t("unanswered_suggest")}</p>
        <button class="button primary" type="submit" data-testid="lesson-make">${t("unanswered_make_it")}</button>
      </div>
      <div>
        <label class="field-row"><span>${t("unanswered_existing")}</span><select data-testid="lesson-to" value=${to} onChange=${(event) => this.setState({ to: event.target.value })}>
          <option value="">–</option>
          ${lesson.topics.map((one) => { const name = one.answer ? `${one.scenario}.${one.answer}` : one.scenario; return html`<option key=${name} value=${name}>${one.likely ? "✨ " : ""}${one.title}</option>`; })}
        </select></label>
        <div class="buttons">
          <button class="button" type="button" disabled=${!to} data-testid="lesson-join" onClick=${() => this.join()}>${t("lesson_join")}</button>
          <button class="button" type="button" onClick=${() => this.setState({ open: false })}>${t("discard")}</button>
        </div>
      </div>
    </form>`;
  }
}
