// The form of one scenario: its names, phrases and texts, what is wrong with them, what saving would change.

import { html, signal } from "./html.js";
import { blankAnswer, change, dirty, errors, faultsAt, form, keepMine, languagesOf, linesOf, outlines, overtaken, previewAt, removeScenario, save, saving, sheet, takeTheirs } from "./answers_state.js";
import { Rich } from "./rich.js";
import { language, named, t } from "./texts.js";
import { Unsaved, Versions } from "./versions.js";

const PRIORITIES = ["low", "medium", "high", "critical"];
const ACTIONS = ["answer", "answer_and_escalate", "escalate"];
const MODES = ["auto", "suggest", "off"];
const panel = signal(null); // "changes", "versions", "remove"
const toggle = (name) => (panel.value = panel.value === name ? null : name);

export function Scenario() {
  const fields = form.value;
  if (!fields) return html`<p class="quiet" role="status">${t("loading")}</p>`;
  return html`<form class="scenario" data-testid="scenario" onSubmit=${(event) => { event.preventDefault(); save(); }} onKeyDown=${keys}>
    <div class="tools">
      <h2>${sheet.value ? fields.key : t("answers_new")}</h2>
      ${dirty.value && sheet.value && html`<button class="button" type="button" aria-expanded=${panel.value === "changes"} data-testid="show-changes" onClick=${() => toggle("changes")}>${t("changes")}</button><button class="button" type="button" data-testid="discard" onClick=${takeTheirs}>${t("discard")}</button>`}
      ${fields.key && html`<button class="button" type="button" aria-expanded=${panel.value === "versions"} data-testid="show-versions" onClick=${() => toggle("versions")}>${t("versions")}</button>`}
      ${sheet.value && html`<button class="button bad" type="button" aria-expanded=${panel.value === "remove"} data-testid="remove" onClick=${() => toggle("remove")}>${t("remove")}</button>`}
      <button class="button primary" type="submit" data-testid="save" disabled=${!dirty.value || overtaken.value || saving.value || errors.value.length > 0}>${t(saving.value ? "loading" : "save")}</button>
    </div>
    ${overtaken.value && html`<${Clash} />`}
    ${errors.value.length > 0 && html`<p class="warning" role="status">${t("answers_errors", { n: errors.value.length })}</p>`}
    <${Faults} at="" />
    ${panel.value === "changes" && dirty.value && html`<div class="panel"><${Unsaved} /></div>`}
    ${panel.value === "versions" && html`<div class="panel"><h3>${t("versions")}</h3><${Versions} scenario=${fields.key} mark=${sheet.value?.mark} /></div>`}
    ${panel.value === "remove" && sheet.value && html`<${Removal} />`}
    ${!sheet.value && html`<${Field} place="key" label=${t("answer_key")} value=${fields.key} set=${(one, text) => (one.key = text.toUpperCase())} hint=${t("answer_key_hint")} />`}
    <${Titles} at="" part=${fields} of=${(one) => one} />
    <${Field} place="description" label=${t("answer_description")} value=${fields.description} set=${(one, text) => (one.description = text)} rows="2" hint=${t("answer_description_hint")} />
    <div class="pair">
      <${Choice} label=${t("by_priority")} value=${fields.priority} options=${PRIORITIES.map((one) => [one, named("priority_name", one)])} set=${(one, value) => (one.priority = value)} />
      <${Choice} label=${t("answer_action")} value=${fields.action} options=${ACTIONS.map((one) => [one, t(`action_${one}`)])} set=${(one, value) => (one.action = value)} />
      ${!fields.answers.length && fields.action !== "escalate" && html`<${Mode} part=${fields} of=${(one) => one} />`}
    </div>
    <${Phrases} at="" part=${fields} of=${(one) => one} />
    ${(!fields.answers.length || fields.texts.length > 0) && html`<${Texts} at="" part=${fields} of=${(one) => one} />`}
    <h3>${t("answers_several")}</h3>
    <p class="quiet">${t("answers_several_more")}</p>
    ${fields.answers.map((one, at) => html`<${Answer} key=${at} answer=${one} at=${at} last=${at === fields.answers.length - 1} />`)}
    <button class="button" type="button" data-testid="add-answer" onClick=${addAnswer}>${t("add_answer")}</button>
  </form>`;
}

function keys(event) {
  if ((event.ctrlKey || event.metaKey) && (event.code === "KeyS" || event.key === "Enter")) {
    event.preventDefault();
    if (!errors.value.length) save();
  }
}

// The texts of a scenario that gets its first answer become those of the answer: it has none of its own from then on.
function addAnswer() {
  change((fields) => {
    const added = blankAnswer();
    if (!fields.answers.length && fields.texts.some((one) => one.text)) [added.texts, fields.texts] = [fields.texts, []];
    else if (!fields.answers.length) fields.texts = [];
    fields.answers.push(added);
  });
}

function Clash() {
  return html`<div class="warning" role="alert" data-testid="clash">
    <p>${t(sheet.value ? "answers_clash" : "answers_clash_removed")}</p>
    ${sheet.value && html`<${Unsaved} />`}
    <div class="buttons">
      <button class="button" type="button" data-testid="keep-mine" onClick=${keepMine}>${t("answers_mine")}</button>
      <button class="button" type="button" data-testid="take-theirs" onClick=${takeTheirs}>${t("answers_theirs")}</button>
    </div>
  </div>`;
}

function Removal() {
  const { routes, open_tickets: tickets } = sheet.value.use;
  const outline = outlines.value?.scenarios?.find((one) => one.key === sheet.value.scenario.key);
  return html`<div class="panel" role="alert" data-testid="removal">
    <p><b>${t("remove_sure", { key: sheet.value.scenario.key })}</b></p>
    <ul class="bullets">
      ${outline && html`<li>${t("remove_holds", { n: outline.phrases, texts: outline.texts })}</li>`}
      <li>${t("remove_tickets", { n: tickets })}</li>
      ${routes.map((one) => html`<li key=${one} class="bad">${t("remove_route", { route: one })}</li>`)}
      <li>${t("remove_back")}</li>
    </ul>
    <div class="buttons"><button class="button bad" type="button" data-testid="remove-sure" onClick=${() => ((panel.value = null), removeScenario())}>${t("remove")}</button><button class="button" type="button" onClick=${() => (panel.value = null)}>${t("close")}</button></div>
  </div>`;
}

function Faults({ at }) {
  const found = faultsAt(at);
  return found.length > 0 && html`<ul class="faults" id=${`faults-${at}`}>${found.map((one) => html`<li key=${one.message} class=${one.severity}>${one.line ? `${t("line", { n: one.line })}: ` : ""}${one.message}${one.fix && html` <span class="fix">${one.fix}</span>`}</li>`)}</ul>`;
}

const said = (place) => (faultsAt(place).length ? `faults-${place}` : undefined);
const wrong = (place) => (faultsAt(place).some((one) => one.severity === "error") ? "true" : undefined);

function Field({ place, label, value, set, rows, hint, lang }) {
  const Tag = rows ? "textarea" : "input";
  return html`<div class="field-row">
    <label><span>${label}</span>
      <${Tag} rows=${rows} lang=${lang} value=${value} placeholder=${hint} data-testid=${`field-${place}`} aria-invalid=${wrong(place)} aria-describedby=${said(place)} onInput=${(event) => change((fields) => set(fields, event.target.value))} />
    </label>
    <${Faults} at=${place} />
  </div>`;
}

function Choice({ label, value, options, set }) {
  return html`<label class="field-row"><span>${label}</span><select value=${value} onChange=${(event) => change((fields) => set(fields, event.target.value))}>${options.map(([key, words]) => html`<option key=${key} value=${key}>${words}</option>`)}</select></label>`;
}

// A new answer has no mode until it is saved: the server begins it as the settings say.
function Mode({ part, of, answer = null }) {
  const options = [...(part.mode ? [] : [["", t("mode_start")]]), ...MODES.map((one) => [one, t(`mode_${one}`)])];
  const performance = sheet.value?.performance.find((one) => one.answer === answer && one.mode === part.mode);
  return html`<div><${Choice} label=${t("answer_mode")} value=${part.mode ?? ""} options=${options} set=${(fields, value) => (of(fields).mode = value || null)} />${performance && html`<p class="quiet" data-testid=${`performance-${answer ?? ""}`}>${performanceLine(performance)}</p>`}</div>`;
}

// How right it has been: shares are never told better than they are.
function performanceLine({ mode, right, of, lower, upper, mark }) {
  const shown = (value) => value.toLocaleString(language.value, { maximumFractionDigits: 1 });
  const share = (value, round) => shown(round(value * 1000) / 10);
  return t(mode === "suggest" ? "fare_suggest" : "fare_auto", { right: shown(right), of: shown(of), lower: share(lower, Math.floor), upper: share(upper, Math.ceil), mark: share(mark, Math.floor) });
}

function Titles({ at, part, of }) {
  return html`<div class="pair">${languagesOf(part.title).map((code) => html`<${Field} key=${code} lang=${code} place=${`${at}title.${code}`} label=${`${t("answer_title")} · ${named("language", code)}`} value=${part.title[code] ?? ""} set=${(fields, text) => (of(fields).title[code] = text)} />`)}</div>`;
}

function Phrases({ at, part, of }) {
  return html`<div><${Faults} at=${`${at}phrases`} />
    <div class="pair">${languagesOf(part.phrases).map((code) => {
      const text = part.phrases[code] ?? "";
      return html`<${Field} key=${code} lang=${code} place=${`${at}phrases.${code}`} rows="6" label=${`${t("phrases")} · ${named("language", code)} · ${linesOf(text).length}`} hint=${t("phrases_hint")} value=${text} set=${(fields, words) => (of(fields).phrases[code] = words)} />`;
    })}</div>
  </div>`;
}

function Texts({ at, part, of }) {
  const codes = languagesOf(Object.fromEntries(part.texts.map((one) => [one.language, 1])));
  return html`<div><${Faults} at=${`${at}texts`} />
    <div class="pair">${codes.map((code) => html`<div key=${code}>
      <${Faults} at=${`${at}texts.${code}`} />
      ${part.texts.map((one, number) => one.language === code && html`<${OneText} key=${number} place=${`${at}texts.${number}`} number=${number} text=${one} of=${of} />`)}
      <button class="button" type="button" onClick=${() => change((fields) => of(fields).texts.push({ language: code, text: "" }))}>${t("add_text", { language: named("language", code) })}</button>
    </div>`)}</div>
    <details class="variables"><summary>${t("variables")}</summary><p>${[...(outlines.value?.variables ?? []), ...(outlines.value?.facts ?? []).map((one) => `facts.${one}`)].map((one) => html`<code key=${one}>{{ ${one} }}</code> `)}</p></details>
  </div>`;
}

function OneText({ place, number, text, of }) {
  const preview = previewAt(place);
  return html`<div class="one-text">
    <${Field} place=${place} lang=${text.language} rows="4" label=${`${t("answer_text")} · ${named("language", text.language)}`} value=${text.text} set=${(fields, words) => (of(fields).texts[number].text = words)} />
    ${preview?.html && html`<div class="bubble" lang=${text.language} data-testid=${`preview-${place}`}><${Rich} markup=${preview.html} /></div>`}
    ${preview?.missing.length > 0 && html`<p class="warning">${t("ready_missing", { facts: preview.missing.join(", ") })} <a href="#answers/~facts">${t("facts")}</a></p>`}
    <button class="button" type="button" onClick=${() => change((fields) => of(fields).texts.splice(number, 1))}>${t("remove_text")}</button>
  </div>`;
}

function Answer({ answer, at, last }) {
  const place = `answers.${at}.`;
  const of = (fields) => fields.answers[at];
  const usual = [["", t("as_topic")]];
  const swap = (by) => change((fields) => fields.answers.splice(at + by, 0, ...fields.answers.splice(at, 1)));
  const broken = errors.value.some((one) => one.place.startsWith(place));
  return html`<details class="answer" open=${answer.added || broken}>
    <summary><b>${answer.key || t("answers_new")}</b>${["suggest", "off"].includes(answer.mode) && html` <span class="chip">${t(`mode_${answer.mode}`)}</span>`}${broken && html` <span class="chip bad">!</span>`}</summary>
    ${answer.added && html`<${Field} place=${`${place}key`} label=${t("answer_key")} value=${answer.key} set=${(fields, text) => (of(fields).key = text.toUpperCase())} hint=${t("answer_key_hint")} />`}
    <${Titles} at=${place} part=${answer} of=${of} />
    <div class="pair">
      <${Choice} label=${t("by_priority")} value=${answer.priority ?? ""} options=${[...usual, ...PRIORITIES.map((one) => [one, named("priority_name", one)])]} set=${(fields, value) => (of(fields).priority = value || null)} />
      <${Choice} label=${t("answer_action")} value=${answer.action ?? ""} options=${[...usual, ...ACTIONS.map((one) => [one, t(`action_${one}`)])]} set=${(fields, value) => (of(fields).action = value || null)} />
      ${(answer.action ?? form.value.action) !== "escalate" && html`<${Mode} part=${answer} of=${of} answer=${answer.key} />`}
    </div>
    <${Phrases} at=${place} part=${answer} of=${of} />
    <${Texts} at=${place} part=${answer} of=${of} />
    <div class="buttons">
      <button class="button" type="button" disabled=${at === 0} onClick=${() => swap(-1)}>↑ ${t("move_up")}</button>
      <button class="button" type="button" disabled=${last} onClick=${() => swap(1)}>↓ ${t("move_down")}</button>
      <button class="button bad" type="button" onClick=${() => change((fields) => fields.answers.splice(at, 1))}>${t("remove_answer")}</button>
    </div>
  </details>`;
}
