// The team's own answers: listed, written, taken off and put back.

import { get, newKey, post, put, Refused } from "./api.js";
import { authorOf } from "./answers_state.js";
import { Component, html, signal } from "./html.js";
import { Rich } from "./rich.js";
import { fail, me } from "./state.js";
import { remember, remembered, t } from "./texts.js";
import { full } from "./times.js";
import { tell } from "./toasts.js";
import { Unread } from "./unread.js";

const replies = signal(null); // null: not read yet; "failed"
const written = signal(undefined); // { id, title, text }; null: nobody writes
const gone = signal(null);
const clash = signal(false);
const name = () => `desk.reply.${me.value?.operator.id}`;

async function load() {
  try {
    replies.value = (await get("replies")).replies;
  } catch (error) {
    if (!Array.isArray(replies.value)) replies.value = "failed";
    fail(error);
  }
}

function write(value) {
  written.value = value;
  clash.value = false;
  remember(name(), value && JSON.stringify(value));
}

export class Replies extends Component {
  componentDidMount() {
    if (!Array.isArray(replies.value)) load();
  }

  render() {
    const found = replies.value;
    if (written.value === undefined) written.value = JSON.parse(remembered(name()) ?? "null");
    return html`<div class="replies" data-testid="replies">
      <h2>${t("replies")}</h2>
      <p class="quiet">${t("replies_about")}</p>
      ${written.value ? html`<${Form} />` : html`<button class="button" type="button" data-testid="reply-add" onClick=${() => write({ id: null, title: "", text: "" })}>${t("replies_add")}</button>`}
      ${gone.value && html`<p role="status">${t("replies_gone", { title: gone.value.title })} <button class="button" type="button" onClick=${() => place(gone.value, true)}>${t("bring_back")}</button></p>`}
      ${found === "failed" && html`<${Unread} load=${load} />`}
      <ul>${Array.isArray(found) && found.map((one) => html`<li key=${one.id} class="fact">
        <h3>${one.title}</h3>
        ${one.html && html`<div class="bubble"><${Rich} markup=${one.html} /></div>`}
        <small>${authorOf(one)} · ${full(one.created_at)}</small>
        <div class="buttons"><button class="button" type="button" onClick=${() => write({ id: one.id, title: one.title, text: one.text })}>${t("edit")}</button><button class="button bad" type="button" onClick=${() => place(one, false)}>${t("remove")}</button></div>
      </li>`)}</ul>
      ${found?.length === 0 && html`<p class="quiet">${t("replies_none")}</p>`}
    </div>`;
  }
}

function Form() {
  const { title, text } = written.value;
  return html`<form onSubmit=${(event) => { event.preventDefault(); save(); }}>
    <label class="field-row"><span>${t("answer_title")}</span><input maxlength="40" required data-testid="reply-title" value=${title} onInput=${(event) => write({ ...written.value, title: event.target.value })} /></label>
    <label class="field-row"><span>${t("answer_text")}</span><textarea rows="4" required data-testid="reply-text" value=${text} onInput=${(event) => write({ ...written.value, text: event.target.value })}></textarea></label>
    ${clash.value && html`<p class="warning" role="alert">${t("replies_clash")}</p>`}
    <div class="buttons"><button class="button primary" type="submit" data-testid="reply-save">${t(clash.value ? "replies_as_new" : "save")}</button><button class="button" type="button" onClick=${() => write(null)}>${t("discard")}</button></div>
  </form>`;
}

async function save() {
  const { id, title, text } = written.value;
  try {
    await post("replies", { title, text, instead_of: clash.value ? null : id, key: newKey() });
    write(null);
    tell(t("answers_saved"));
  } catch (error) {
    if (error instanceof Refused && error.status === 409) clash.value = true;
    else fail(error);
  }
  load();
}

async function place(reply, listed) {
  try {
    await put(`replies/${reply.id}`, { listed, key: newKey() });
    gone.value = listed ? null : reply;
  } catch (error) {
    fail(error);
  }
  load();
}
