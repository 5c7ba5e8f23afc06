// The set-up: name, languages, answers, facts, a try, the result. One page a step, with the way back and out.

import { Component, html } from "./html.js";
import { Done, Facts, Score } from "./setup_end.js";
import { Pairs } from "./setup_pairs.js";
import { busy, fault, loadSetup, setup, step, write } from "./setup_state.js";
import { named, t } from "./texts.js";
import { Try } from "./try.js";
import { Unread } from "./unread.js";

const CHOICES = ["starter", "faq", "nothing"];
const ORDERS = ["ru", "en", "ru,en", "en,ru"];
const PARTS = { name: Name, languages: Languages, begin: Begin, pairs: Pairs, facts: Facts, try: Trying, score: Score };

export class Page extends Component {
  componentDidMount() {
    loadSetup();
  }

  render() {
    const at = setup.value;
    if (at === "failed") return html`<div class="sheet"><${Unread} load=${loadSetup} /></div>`;
    if (!at) return html`<p class="sheet quiet" role="status">${t("loading")}</p>`;
    return html`<section class="sheet setup" aria-labelledby="setup-title" data-testid="setup">
      <h2 id="setup-title">${t("page_setup")}</h2>
      ${at.mine && at.begun && !at.paused && !at.complete ? html`<${Steps} at=${at} />` : html`<${Door} at=${at} />`}
    </section>`;
  }
}

// Nobody is at it, somebody else is, or it is over.
function Door({ at }) {
  const other = at.begun && !at.mine && !at.paused && !at.complete;
  return html`<p>${at.complete ? t("setup_complete") : other ? t("setup_held", { name: at.holder, step: t(`setup_step_${at.step}`) }) : t("setup_about")}</p>
    <div class="buttons"><button class="button primary" type="button" data-testid="setup-begin" disabled=${busy.value} onClick=${() => step(other ? "over" : "open")}>${t(other ? "setup_over" : at.complete ? "setup_again" : at.begun ? "setup_on" : "setup_begin")}</button></div>`;
}

function Steps({ at }) {
  const Part = PARTS[at.step];
  return html`<ol class="steps" aria-label=${t("setup_progress", { n: at.number, of: at.steps.length })}>
      ${at.steps.map((one, n) => html`<li key=${one} class=${n + 1 < at.number ? "past" : ""} aria-current=${one === at.step ? "step" : undefined}>${t(`setup_step_${one}`)}</li>`)}
    </ol>
    <p class="quiet" data-testid="setup-progress">${t("setup_progress", { n: at.number, of: at.steps.length })}</p>
    ${fault.value && html`<p class="warning" role="alert" data-testid="setup-fault">${fault.value}</p>`}
    <${Part} at=${at} />
    <div class="buttons">
      ${at.step !== "name" && html`<button class="button" type="button" data-testid="setup-back" disabled=${busy.value} onClick=${() => step("back")}>${t("setup_back")}</button>`}
      <button class="button" type="button" data-testid="setup-later" disabled=${busy.value} onClick=${() => step("later")}>${t("setup_later")}</button>
      ${at.applied && html`<button class="button" type="button" data-testid="setup-undo" disabled=${busy.value} onClick=${() => step("undo")}>${t("setup_undo")}</button>`}
    </div>`;
}

function Name({ at }) {
  const save = (event) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get("name").trim();
    return name === at.service ? step("next") : write("name", name);
  };
  return html`<form class="row-form" onSubmit=${save}>
    <label><span>${t("setup_name")}</span><input name="name" required maxlength="64" autocomplete="organization" defaultValue=${at.service} data-testid="setup-name" /></label>
    <button class="button primary" type="submit" disabled=${busy.value} data-testid="setup-next">${t("setup_next")}</button>
  </form>`;
}

const languageWords = (codes) => codes.split(",").map((one) => named("language", one)).join(", ");

function Languages({ at }) {
  const now = at.languages.join(",");
  return html`<p>${t("setup_languages")}</p>
    <div class="options">${ORDERS.map((codes) => html`<button key=${codes} class="button" type="button" aria-pressed=${codes === now} data-testid=${`setup-lang-${codes.replace(",", "-")}`} disabled=${busy.value} onClick=${() => step("lang", codes)}>${languageWords(codes)}</button>`)}</div>
    ${now && html`<div class="buttons"><button class="button primary" type="button" data-testid="setup-next" onClick=${() => step("next")}>${t("setup_next")}</button></div>`}`;
}

function Begin({ at }) {
  if (at.wanted) return html`<${Sure} at=${at} />`;
  return html`<p>${t("setup_how")}</p>
    <${Done} at=${at} />
    <div class="options">${CHOICES.map((one) => html`<button key=${one} class="button option" type="button" data-testid=${`setup-${one}`} disabled=${busy.value} onClick=${() => step("want", one)}><b>${t(`setup_choice_${one}`)}</b><small>${t(`setup_choice_${one}_more`)}</small></button>`)}</div>
    ${at.applied && html`<div class="buttons"><button class="button primary" type="button" data-testid="setup-next" onClick=${() => step("next")}>${t("setup_next")}</button></div>`}`;
}

// There are answers already: nothing changes before this is answered.
function Sure({ at }) {
  const both = at.answers > 0 && at.wanted !== "nothing";
  return html`<p>${at.answers > 0 ? t(`setup_sure_${at.wanted}`, { n: at.answers }) : t("setup_sure_new")}</p>
    <div class="buttons">
      ${both && html`<button class="button primary" type="button" data-testid="setup-beside" disabled=${busy.value} onClick=${() => step("sure", "beside")}>${t("setup_beside")}</button>`}
      <button class=${both ? "button" : "button primary"} type="button" data-testid="setup-only" disabled=${busy.value} onClick=${() => step("sure", "only")}>${t(both ? "setup_only" : "setup_sure")}</button>
    </div>`;
}

function Trying({ at }) {
  return html`<p>${t("setup_try")}</p>
    ${at.learning && html`<p class="quiet" role="status">${t("setup_learning")}</p>`}
    <div class="answers-try"><${Try} tried=${(text) => write("test", text)} alone=${true} /></div>
    <div class="buttons"><button class="button primary" type="button" data-testid="setup-next" disabled=${busy.value} onClick=${() => step("next")}>${t("setup_to_score")}</button></div>`;
}
