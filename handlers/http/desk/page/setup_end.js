// The last steps of the set-up: facts one after the other, and what the bot would make of what is asked.

import { html } from "./html.js";
import { busy, loadSetup, step, write } from "./setup_state.js";
import { language, t } from "./texts.js";

const inOwn = (by) => by[language.value] ?? Object.values(by)[0] ?? "";

export function Facts({ at }) {
  const filled = at.facts.filter((one) => one.filled).length;
  const asked = at.facts.find((one) => one.key === at.fact);
  return html`<${Done} at=${at} />
    <p data-testid="setup-facts">${at.facts.length ? t("setup_facts", { n: filled, of: at.facts.length }) : t("setup_facts_none")}</p>
    ${asked && html`<${Asked} key=${asked.key} fact=${asked} number=${at.facts.indexOf(asked)} of=${at.facts.length} />`}
    <div class="buttons"><button class="button" type="button" data-testid="setup-next" disabled=${busy.value} onClick=${() => step("next")}>${t("setup_to_try")}</button></div>`;
}

export function Done({ at }) {
  return at.applied && html`<p class="good" role="status" data-testid="setup-done">${t("setup_done", { choice: t(`setup_choice_${at.choice}`), n: at.answers })}</p>`;
}

function Asked({ fact, number, of }) {
  const save = (event) => {
    event.preventDefault();
    return write("fact", new FormData(event.currentTarget).get("value"), { fact: fact.key });
  };
  return html`<form class="paste" onSubmit=${save}>
    <label><span>${t("setup_progress_fact", { n: number + 1, of })} ${inOwn(fact.question)}</span><input name="value" required maxlength="500" defaultValue=${fact.value ?? ""} data-testid="setup-fact" /></label>
    <p class="quiet">${t("fact_example", { example: inOwn(fact.example) })}</p>
    <div class="buttons"><button class="button primary" type="submit" disabled=${busy.value} data-testid="setup-fact-save">${t("save")}</button><button class="button" type="button" data-testid="setup-fact-skip" disabled=${busy.value} onClick=${() => step("nofact", number)}>${t("setup_not_now")}</button></div>
  </form>`;
}

const percent = (count, score) => `${Math.round((100 * count) / score.n)} %`;

export function Score({ at }) {
  const score = at.score;
  return html`${at.learning && html`<p class="quiet" role="status">${t("setup_learning")}</p>`}
    ${score?.n ? html`<p>${t(score.of_tests ? "setup_of_tests" : "setup_of_customers", { n: score.n })}</p>
          <dl class="scored" data-testid="setup-score"><dt>${t("setup_answered")}</dt><dd>${percent(score.answered, score)}</dd><dt>${t("setup_suggested")}</dt><dd>${percent(score.suggested, score)}</dd><dt>${t("setup_people")}</dt><dd>${percent(score.people, score)}</dd></dl>`
      : html`<p data-testid="setup-score">${t("setup_score_none")}</p>`}
    <div class="buttons"><button class="button" type="button" data-testid="setup-count" disabled=${busy.value} onClick=${() => loadSetup(true)}>${t("setup_count")}</button><button class="button primary" type="button" data-testid="setup-finish" disabled=${busy.value} onClick=${() => step("finish")}>${t("setup_finish")}</button></div>`;
}
