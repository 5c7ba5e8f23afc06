// The bar at the top: whether the page is up to date, the language, the keys, who is signed in.

import { get, post, remove } from "./api.js";
import { dialog, Dialog, shut } from "./dialog.js";
import { html, Icon, signal } from "./html.js";
import { live } from "./live.js";
import { choose, look, LOOKS } from "./looks.js";
import { Nav } from "./nav.js";
import { fail, leave, loadAnew, loadChoices, me } from "./state.js";
import { inTelegram } from "./telegram.js";
import { language, LANGUAGES, remember, speak, t } from "./texts.js";
import { clock, full, now, span, zone } from "./times.js";
import { Until } from "./until.js";
import { refused, wish, wished, WISHES } from "./wishes.js";

const sessions = signal([]);

export function Header() {
  return html`<header class="bar">
    <img src="dashboard/icon.svg" alt="" width="28" height="28" />
    <h1>${me.value.app}</h1>
    <${Nav} />
    <span class="fill"></span>
    <${Line} />
    <button class="bare" type="button" aria-pressed=${told()} aria-label=${t("sound")} title=${t(told() ? "sound_on" : "sound_off")} data-testid="bell" onClick=${turnAll}><${Icon} name="bell" /></button>
    <button class="bare wide" type="button" aria-label=${t("keys")} title=${t("keys")} data-testid="keys" onClick=${() => (dialog.value = "keys")}><${Icon} name="keys" /></button>
    <div class="segmented" role="group" aria-label=${t("page_language")}>
      ${LANGUAGES.map((one) => html`<button key=${one} type="button" lang=${one} data-testid=${`lang-${one}`} aria-pressed=${language.value === one} onClick=${() => turn(one)}>${one.toUpperCase()}</button>`)}
    </div>
    <button class="bare" type="button" aria-label=${t("account")} title=${me.value.operator.name} data-testid="account" onClick=${openAccount}><${Icon} name="person" /></button>
  </header>`;
}

function Line() {
  const { state, since } = live.value;
  const told = state === "reconnecting" ? `${t("line_reconnecting")} · ${now.value ? span(new Date(since)) : ""}` : t(`line_${state}`);
  return html`<span class="state ${state}" role="status" data-testid="line-state" data-state=${state} title=${t("line_since", { at: full(since) })}><i></i><span>${told}</span></span>`;
}

async function turn(code) {
  speak(code);
  remember("desk.language", code);
  await Promise.all([loadChoices(), loadAnew()]);
}

const mine = () => me.value.operator.id;
const told = () => WISHES.some((what) => wished(what, mine()));

function turnAll() {
  const on = !told();
  WISHES.forEach((what) => wish(what, mine(), on));
}

async function openAccount() {
  dialog.value = "account";
  try {
    sessions.value = (await get("sessions")).sessions;
  } catch (error) {
    fail(error);
  }
}

export function Dialogs() {
  if (!dialog.value) return null;
  const Body = { keys: Keys, account: Account, until: Until }[dialog.value];
  return html`<${Dialog}><${Body} /><//>`;
}

const KEYS = ["j", "k", "1–5", "f", "x", "r", "q", "e", "a", "n", "t", "h", "p", "s", "c", "i", "u", "g", "↑ ↓", "Ctrl Enter", "Ctrl S", "Esc", "?"];

function Keys() {
  return html`<h2 id="dialog-title">${t("keys")}</h2>
    <dl class="keys">${KEYS.map((key) => [html`<dt key=${key}><kbd>${key}</kbd></dt>`, html`<dd key=${`${key}-`}>${t(`key_${key}`)}</dd>`])}</dl>`;
}

function Account() {
  return html`<h2 id="dialog-title">${me.value.operator.name}</h2>
    <p class="quiet">${t(`role_${me.value.role}`)}</p>
    ${!inTelegram && html`<div class="looks-of-page">
      <h3 id="looks-title">${t("look_title")}</h3>
      <div class="segmented" role="group" aria-labelledby="looks-title">
        ${LOOKS.map((one) => html`<button key=${one} type="button" data-testid=${`look-${one}`} aria-pressed=${look.value === one} onClick=${() => choose(one)}>${t(`look_${one}`)}</button>`)}
      </div>
    </div>`}
    <p class="quiet" data-testid="zone">${t("zone_is", { zone: zone() })}${me.value.timezone !== zone() ? ` ${t("zone_team", { zone: me.value.timezone })}` : ""}</p>
    <h3>${t("told_by")}</h3>
    <div class="wishes">
      ${WISHES.map((what) => html`<label key=${what}><input type="checkbox" data-testid=${`wish-${what}`} checked=${wished(what, mine())} onChange=${(event) => wish(what, mine(), event.target.checked)} />${t(`wish_${what}`)}</label>`)}
      ${wished("notify", mine()) && refused() && html`<p class="warning">${t("notify_refused")}</p>`}
    </div>
    <h3>${t("sessions")}</h3>
    <ul class="sessions">
      ${sessions.value.map(
        (one) => html`<li key=${one.id}>
          <span><b>${one.here ? t("here") : t(`entrance_${one.entrance}`)}</b><small title=${one.device}>${short(one.device)}</small><small title=${full(one.seen_at)}>${t("seen", { at: full(one.seen_at) })}</small></span>
          ${!one.here && html`<button class="button" type="button" onClick=${() => end(one.id)}>${t("end")}</button>`}
        </li>`,
      )}
    </ul>
    <div class="buttons">
      <button class="button" type="button" data-testid="sign-out" onClick=${() => away(() => post("sign-out", {}))}>${t("sign_out")}</button>
      <button class="button bad" type="button" data-testid="end-all" onClick=${() => away(() => remove("sessions"))}>${t("end_all")}</button>
    </div>`;
}

// Browsers call themselves by many names at once; the first of these is what people call them.
function short(device) {
  const browser = [["Edg/", "Edge"], ["OPR/", "Opera"], ["YaBrowser", "Yandex"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]];
  const system = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "macOS"], ["Linux", "Linux"]];
  const known = [browser, system].map((names) => names.find(([mark]) => device.includes(mark))?.[1]).filter(Boolean);
  return known.join(" · ") || device || t("unknown");
}

async function end(id) {
  try {
    await remove(`sessions/${id}`);
    sessions.value = sessions.value.filter((one) => one.id !== id);
  } catch (error) {
    fail(error);
  }
}

async function away(action) {
  try {
    await action();
    shut();
    leave();
  } catch (error) {
    fail(error);
  }
}
