// Programs that may call the desk: their tokens, made and revoked here.

import { get, post, remove } from "./api.js";
import { Component, html, signal } from "./html.js";
import { fail } from "./state.js";
import { t } from "./texts.js";
import { full } from "./times.js";
import { tell } from "./toasts.js";

const tokens = signal(null); // null: not read yet; "failed"
const made = signal(null);
const revoking = signal(null);
const busy = signal(false);

async function load() {
  try {
    tokens.value = (await get("tokens")).tokens;
  } catch (error) {
    if (!Array.isArray(tokens.value)) tokens.value = "failed";
    fail(error);
  }
}

export class Page extends Component {
  componentDidMount() {
    if (!Array.isArray(tokens.value)) load();
  }

  render() {
    return html`<section class="sheet" aria-labelledby="access-title" data-testid="access">
      <h2 id="access-title">${t("access_title")}</h2>
      <p class="quiet">${t("access_about")} <a href="api/openapi.json" target="_blank" rel="noopener">/api/openapi.json</a></p>
      ${made.value && html`<${Made} />`}
      <${Form} />
      <${List} />
    </section>`;
  }
}

function Form() {
  return html`<form class="row-form" onSubmit=${make}>
    <label><span>${t("token_name")}</span><input name="name" required maxlength="64" autocomplete="off" placeholder=${t("token_name_hint")} data-testid="token-name" /></label>
    <label
      ><span>${t("token_role")}</span>
      <select name="role" data-testid="token-role">
        <option value="operator">${t("role_operator")}</option>
        <option value="admin">${t("role_admin")}</option>
      </select></label
    >
    <button class="button primary" type="submit" disabled=${busy.value} data-testid="token-make">${t("token_make")}</button>
  </form>`;
}

async function make(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const { name, role } = Object.fromEntries(new FormData(form));
  if (!name.trim() || busy.value) return;
  busy.value = true;
  try {
    made.value = await post("tokens", { name, role });
    form.reset();
    await load();
    document.getElementById("token-secret")?.focus();
  } catch (error) {
    fail(error);
  } finally {
    busy.value = false;
  }
}

function Made() {
  const { token, secret } = made.value;
  const shown = `curl -H "Authorization: Bearer ${secret}" ${new URL("api/desk/me", document.baseURI)}`;
  return html`<div class="made" role="status" data-testid="token-made">
    <p><b>${t("token_made", { name: token.name })}</b></p>
    <label class="secret"><span class="hidden">${t("token_secret")}</span><input id="token-secret" readonly value=${secret} onFocus=${(event) => event.target.select()} data-testid="token-secret" /></label>
    <pre>${shown}</pre>
    <div class="buttons">
      <button class="button" type="button" onClick=${() => copy(secret)}>${t("copy")}</button>
      <button class="button" type="button" onClick=${() => (made.value = null)}>${t("token_kept")}</button>
    </div>
  </div>`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(t("copied"));
  } catch {
    document.getElementById("token-secret")?.focus(); // marked, so that it can be copied by hand
  }
}

function List() {
  const found = tokens.value;
  if (found === null) return html`<p class="quiet" role="status">${t("loading")}</p>`;
  if (found === "failed") return html`<p class="warning">${t("tokens_failed")} <button class="button" type="button" onClick=${load}>${t("again")}</button></p>`;
  if (!found.length) return html`<p class="empty" data-testid="no-tokens">${t("tokens_none")}</p>`;
  return html`<ul class="cards">
    ${found.map((one) => html`<${Token} key=${one.id} token=${one} />`)}
  </ul>`;
}

function Token({ token }) {
  const asked = revoking.value === token.id;
  return html`<li data-testid=${`token-${token.id}`}>
    <span class="what">
      <b>${token.name}</b> <span class="chip">${t(`role_${token.role}`)}</span>
      <small>${t("token_made_by", { name: token.made_by, at: full(token.created_at) })}</small>
      <small>${token.used_at ? t("token_used", { at: full(token.used_at) }) : t("token_unused")}</small>
    </span>
    ${asked
      ? html`<span class="buttons">
          <button class="button bad" type="button" data-testid="token-revoke-sure" onClick=${() => revoke(token)}>${t("token_revoke_sure")}</button>
          <button class="button" type="button" onClick=${() => (revoking.value = null)}>${t("cancel")}</button>
        </span>`
      : html`<button class="button" type="button" data-testid="token-revoke" onClick=${() => (revoking.value = token.id)}>${t("token_revoke")}</button>`}
  </li>`;
}

async function revoke({ id, name }) {
  try {
    await remove(`tokens/${id}`);
    revoking.value = null;
    if (made.value?.token.id === id) made.value = null;
    tell(t("token_revoked", { name }));
    await load();
  } catch (error) {
    fail(error);
  }
}
