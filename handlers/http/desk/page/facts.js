// Facts of the business: a question each, with its value, where it is used and what it was before.

import { get, newKey, put, Refused } from "./api.js";
import { authorOf, loadOutlines } from "./answers_state.js";
import { Component, html, signal } from "./html.js";
import { fail, me } from "./state.js";
import { language, LANGUAGES, named, remember, remembered, t } from "./texts.js";
import { full } from "./times.js";
import { tell } from "./toasts.js";
import { Unread } from "./unread.js";

const EVERY = "*";
const facts = signal(null); // null: not read yet; "failed"
const history = signal({}); // versions by key, once somebody asks
const texts = signal({}); // what is typed, by key and language
const faults = signal({});
const name = (key, code) => `desk.fact.${me.value?.operator.id}.${key}.${code}`;
const draft = (key, code) => texts.value[`${key}/${code}`] ?? JSON.parse(remembered(name(key, code)) ?? "null");

async function load() {
  try {
    facts.value = (await get("facts")).facts;
  } catch (error) {
    if (!Array.isArray(facts.value)) facts.value = "failed";
    fail(error);
  }
}

export class Facts extends Component {
  componentDidMount() {
    if (!Array.isArray(facts.value)) load();
  }

  render() {
    const found = facts.value;
    return html`<div class="facts" data-testid="facts">
      <h2>${t("facts")}</h2>
      <p class="quiet">${t("facts_about")}</p>
      ${found === null && html`<p class="quiet" role="status">${t("loading")}</p>`}
      ${found === "failed" && html`<${Unread} load=${load} />`}
      ${found?.length === 0 && html`<p class="quiet">${t("facts_none")}</p>`}
      ${Array.isArray(found) && found.map((one) => html`<${Fact} key=${one.key} fact=${one} />`)}
    </div>`;
  }
}

const inOwn = (by) => by[language.value] ?? Object.values(by)[0] ?? "";

function Fact({ fact }) {
  const codes = fact.values.some((one) => one.language !== EVERY) ? LANGUAGES : [EVERY];
  const missing = !fact.values.length && !fact.from_settings;
  return html`<section class="fact" aria-label=${fact.key}>
    <h3>${inOwn(fact.question)} ${missing && fact.used_by.length > 0 && html`<span class="chip bad">${t("fact_missing")}</span>`}</h3>
    <p class="quiet"><code>facts.${fact.key}</code> · ${t("fact_example", { example: inOwn(fact.example) })}</p>
    <div class="pair">${codes.map((code) => html`<${Value} key=${code} fact=${fact} code=${code} />`)}</div>
    ${codes[0] === EVERY && html`<button class="button" type="button" onClick=${() => split(fact)}>${t("fact_by_language")}</button>`}
    ${fact.from_settings && !fact.values.length && html`<p class="quiet">${t("fact_settings", { value: fact.from_settings })}</p>`}
    <p class="quiet">${fact.used_by.length ? html`${t("fact_used")} ${fact.used_by.map((one) => html`<a key=${one} href=${`#answers/${one.split(".")[0]}`}>${one}</a> `)}` : t("fact_unused")}</p>
    <details onToggle=${(event) => event.target.open && past(fact.key)}><summary>${t("versions")}</summary>
      <ul class="versions">${(history.value[fact.key] ?? []).map((one) => html`<li key=${one.id}><small>${full(one.created_at)} · ${authorOf(one)}${one.language === EVERY ? "" : ` · ${one.language}`}</small> <span>${one.value}</span> ${one.retired_at && html`<button class="button" type="button" onClick=${() => type(fact.key, one.language, one.value)}>${t("bring_back")}</button>`}</li>`)}</ul>
    </details>
  </section>`;
}

const split = (fact) => (facts.value = facts.value.map((one) => (one.key === fact.key ? { ...one, values: [...one.values, { id: null, language: LANGUAGES[0], value: "" }] } : one)));
const standing = (fact, code) => fact.values.find((one) => one.language === code && one.id !== null);

// What is typed keeps the number of the value that was read: a colleague's newer one is not overwritten unseen.
function type(key, code, text) {
  const fact = facts.value.find((one) => one.key === key);
  const read = draft(key, code)?.before ?? standing(fact, code)?.id ?? null;
  const value = { text, before: read };
  texts.value = { ...texts.value, [`${key}/${code}`]: value };
  remember(name(key, code), JSON.stringify(value));
}

function drop(key, code) {
  texts.value = { ...texts.value, [`${key}/${code}`]: null };
  remember(name(key, code), null);
}

function Value({ fact, code }) {
  const stands = standing(fact, code);
  const typed = draft(fact.key, code);
  const value = typed?.text ?? stands?.value ?? "";
  const changed = value !== (stands?.value ?? "");
  const clash = typed && changed && typed.before !== (stands?.id ?? null);
  const fault = faults.value[`${fact.key}/${code}`];
  return html`<div class="field-row">
    <label><span>${code === EVERY ? t("fact_every") : named("language", code)}</span><textarea rows="2" maxlength="500" data-testid=${`fact-${fact.key}-${code}`} aria-invalid=${fault ? "true" : undefined} value=${value} onInput=${(event) => type(fact.key, code, event.target.value)}></textarea></label>
    ${fault && html`<p class="bad" role="alert">${fault}</p>`}
    ${clash && html`<div class="warning" role="alert"><p>${t("fact_clash")}</p><blockquote>${stands?.value ?? "–"}</blockquote></div>`}
    ${changed && html`<div class="buttons"><button class="button primary" type="button" onClick=${() => say(fact, code, value, clash ? (stands?.id ?? null) : (typed?.before ?? null))}>${t(clash ? "answers_mine" : "save")}</button><button class="button" type="button" onClick=${() => drop(fact.key, code)}>${t("discard")}</button></div>`}
  </div>`;
}

async function say(fact, code, value, before) {
  const place = `${fact.key}/${code}`;
  try {
    await put("facts", { fact: fact.key, language: code, value: value.trim() || null, before, key: newKey() });
    faults.value = { ...faults.value, [place]: null };
    drop(fact.key, code);
    tell(t("answers_saved"));
    if (history.value[fact.key]) past(fact.key);
    loadOutlines();
  } catch (error) {
    if (error instanceof Refused && error.status === 422) return (faults.value = { ...faults.value, [place]: error.message });
    if (!(error instanceof Refused && error.status === 409)) fail(error);
  }
  load();
}

async function past(key) {
  try {
    const { versions } = await get("facts/versions", { key });
    history.value = { ...history.value, [key]: versions };
  } catch (error) {
    fail(error);
  }
}
