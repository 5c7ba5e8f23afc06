// What the bot learns from: labels, each taken back in one press, and the versions of what was learned.

import { get, post } from "./api.js";
import { Component, html } from "./html.js";
import { answerTitle, fail } from "./state.js";
import { named, t } from "./texts.js";
import { full } from "./times.js";
import { tell } from "./toasts.js";

export class Page extends Component {
  state = { labels: [], versions: [], count: 0, held: 0, held_by: null, pinned: false, next: null, at: "loading" };

  componentDidMount() {
    this.load();
  }

  async load(before = null) {
    const mark = (this.mark = {});
    this.setState({ at: "loading" });
    try {
      const found = await get("labels", { before });
      if (mark === this.mark) this.setState({ ...found, labels: before ? [...this.state.labels, ...found.labels] : found.labels, at: "ready" });
    } catch (error) {
      if (mark === this.mark) this.setState({ at: "failed" });
      fail(error);
    }
  }

  async press(path, body) {
    try {
      tell((await post(path, body)).words);
      await this.load();
    } catch (error) {
      fail(error);
    }
  }

  render() {
    const { labels, versions, count, held, held_by, pinned, next, at } = this.state;
    const choose = (version, action) => this.press(`labels/versions/${version}`, { action });
    const button = (name, does, key = name) => html`<button class="button" type="button" data-testid=${key} onClick=${does}>${t(name)}</button>`;
    const stands = versions.find((one) => one.state === "standing");
    return html`<section class="sheet" aria-label=${t("page_labels")} data-testid="labels">
      <h2>${t("labels_learned")}</h2>
      <p>${stands ? t("labels_stands", { number: stands.id }) : t("labels_pack")} ${pinned && t("labels_pinned")} ${stands && button("labels_alone", () => choose(0, "take"))}</p>
      ${held > 0 && html`<p role="status">${t("labels_held", { count: held })} ${button("labels_confirm", () => choose(held_by, "confirm"))} ${button("labels_drop", () => choose(held_by, "drop"))}</p>`}
      <ul class="entries">
        ${versions.map((one) => html`<li key=${`v${one.id}`} class="entry" data-testid="version">
          <b>${one.id}</b> ${named("learning_state", one.state)} ${one.decided_by && html`<span class="chip">${one.decided_by}</span>`}
          <small>${full(one.created_at)} · ${t("labels_phrases", { count: one.learned })}${one.asked > 0 && ` · ${t("labels_tried", { asked: one.asked, sure: one.sure, right: one.right })}`}${one.changes > 0 && ` · ${t("labels_changes", { count: one.changes })}`}</small>
          ${one.state !== "standing" && one.state !== "held" && button("labels_take", () => choose(one.id, "take"))}
          ${one.state === "waiting" && button("labels_keep", () => choose(one.id, "keep"))}
        </li>`)}
      </ul>
      <h2>${t("labels_count", { count })}</h2>
      ${!labels.length && html`<div class="empty" role="status"><p>${t(at === "loading" ? "loading" : at === "failed" ? "list_failed" : "labels_nothing")}</p></div>`}
      <ul class="entries">
        ${labels.map((one) => html`<li key=${one.id} class="entry" data-testid="label">
          <b>${one.operator_name || t("labels_customer")}</b> ${named("label_source", one.source)}${" "}
          ${one.ticket_id && html`<a href=${`#t${one.ticket_id}`}>#${one.ticket_id}</a>`}
          <q>${one.text}</q> → <span class="chip">${one.scenario ? answerTitle(one.scenario, one.answer) : t("labels_none")}</span>
          ${one.held && html`<span class="chip">${t("labels_waits")}</span>`}
          <small>${full(one.created_at)}${one.retired_at && ` · ${t("labels_gone", { name: one.retired_by || "" })}`}</small>
          ${!one.retired_at && html`<button class="button" type="button" data-testid="label-undo" onClick=${() => this.press(`labels/${one.id}/undo`)}>${t("labels_undo")}</button>`}
        </li>`)}
      </ul>
      ${next && html`<button class="button more" type="button" onClick=${() => this.load(next)}>${t(at === "loading" ? "loading" : "more")}</button>`}
    </section>`;
  }
}
