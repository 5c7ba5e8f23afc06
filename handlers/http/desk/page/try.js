// A message that somebody tries: what the bot makes of it, as it is and with what is not saved yet.

import { dirty, form, scenarioOf } from "./answers_state.js";
import { get, post } from "./api.js";
import { html, signal } from "./html.js";
import { Rich } from "./rich.js";
import { fail } from "./state.js";
import { Teach } from "./teach.js";
import { language, LANGUAGES, named, t } from "./texts.js";

const words = signal("");
const spoken = signal(null);
const found = signal(null);
const busy = signal(false);
const mixed = signal(null); // null: not asked; "busy"; a list
let tries = 0;
const percent = (share) => `${Math.round(share * 100)} %`;

async function attempt(event, tried) {
  event.preventDefault();
  if (!words.value.trim() || busy.value) return;
  busy.value = true;
  try {
    const changed = form.value && dirty.value && form.value.key ? scenarioOf(form.value) : null;
    const asked = { text: words.value, language: spoken.value ?? language.value };
    found.value = { ...(await post("answers/try", { ...asked, changed })), asked, number: ++tries };
    tried?.(words.value);
  } catch (error) {
    fail(error);
  }
  busy.value = false;
}

// `tried` hears what was tried; `alone`: without what is looked at among the answers.
export function Try({ tried = null, alone = false }) {
  return html`<section class="try" aria-labelledby="try-title">
    <h3 id="try-title">${t("try_title")}</h3>
    <form onSubmit=${(event) => attempt(event, tried)}>
      <label><span class="hidden">${t("try_words")}</span>
        <textarea rows="2" maxlength="4096" placeholder=${t("try_words")} data-testid="try-words" value=${words.value} onInput=${(event) => (words.value = event.target.value)} onKeyDown=${(event) => event.key === "Enter" && !event.shiftKey && attempt(event, tried)}></textarea>
      </label>
      <div class="buttons">
        <label><span class="hidden">${t("language")}</span>
          <select value=${spoken.value ?? language.value} onChange=${(event) => (spoken.value = event.target.value)}>${LANGUAGES.map((one) => html`<option key=${one} value=${one}>${named("language", one)}</option>`)}</select>
        </label>
        <button class="button primary" type="submit" data-testid="try" disabled=${busy.value || !words.value.trim()}>${t(busy.value ? "loading" : "try")}</button>
      </div>
    </form>
    <div aria-live="polite">${found.value && html`<${Found} trial=${found.value} />`}</div>
    ${!alone && html`<${MixedUp} />`}
  </section>`;
}

function Found({ trial }) {
  return html`<div class="trial" data-testid="trial">
    <p><b>${trial.title}</b> <span class="chip">${percent(trial.confidence)}</span> <small>${t(`engine_${trial.engine}`)}</small></p>
    ${trial.reasoning && html`<p class="quiet">${trial.reasoning}</p>`}
    <p><span class="mark ${trial.priority}"></span> ${named("priority_name", trial.priority)}${trial.urgent_because && html`: ${trial.urgent_because}`}</p>
    <${Said} title=${trial.after ? t("try_now") : ""} said=${trial.now} />
    ${trial.after && html`<${Said} title=${t("try_after")} said=${trial.after} /><p class="quiet">${t("try_after_more")}</p>`}
    ${trial.nearest.length > 0 && html`<h4>${t("try_nearest")}</h4>
      <ul class="nearest">${trial.nearest.map((one) => html`<li key=${one.name}><span>${one.title}</span><span>${percent(one.confidence)}</span></li>`)}</ul>`}
    ${trial.phrases.length > 0 && html`<h4>${t("try_phrases")}</h4><ul class="near">${trial.phrases.map((one) => html`<li key=${one}>${one}</li>`)}</ul>`}
    <${Teach} key=${trial.number} trial=${trial} text=${trial.asked.text} language=${trial.asked.language} />
  </div>`;
}

function Said({ title, said }) {
  return html`<div class="said">
    ${title && html`<h4>${title}</h4>`}
    <p class=${said.answers ? "good" : ""}>${said.outcome}</p>
    ${said.missing.length > 0 && html`<p class="warning">${t("ready_missing", { facts: said.missing.join(", ") })}</p>`}
    ${said.html && html`<div class="bubble"><${Rich} markup=${said.html} /></div>`}
    ${said.choices.length > 0 && html`<ul class="choices">${said.choices.map((one) => html`<li key=${one} class="chip">${one}</li>`)}</ul>`}
  </div>`;
}

async function look() {
  mixed.value = "busy";
  try {
    mixed.value = (await get("answers/mixed")).pairs;
    if (mixed.value === null) throw new Error();
  } catch (error) {
    mixed.value = null;
    fail(error);
  }
}

// Which answers the engine takes for each other: worked out on demand, since it takes seconds.
function MixedUp() {
  const pairs = mixed.value;
  return html`<h3>${t("mixed_title")}</h3>
    <button class="button" type="button" data-testid="mixed" disabled=${pairs === "busy"} onClick=${look}>${t(pairs === "busy" ? "mixed_busy" : "mixed_look")}</button>
    ${Array.isArray(pairs) && !pairs.length && html`<p class="quiet" role="status">${t("mixed_none")}</p>`}
    ${Array.isArray(pairs) && html`<ul class="mixed">${pairs.map((one) => html`<li key=${`${one.gold}/${one.named}`}><p>${t("mixed_pair", { ...one, n: one.count })}</p><ul class="near">${one.phrases.slice(0, 3).map((phrase) => html`<li key=${phrase}>${phrase}</li>`)}</ul><a href=${`#answers/${one.gold.split(".")[0]}`}>${one.gold.split(".")[0]}</a></li>`)}</ul>`}`;
}
