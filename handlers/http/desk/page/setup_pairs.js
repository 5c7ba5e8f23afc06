// The owner's questions and answers: a file dropped or text pasted, then each of them kept, skipped, changed or merged.

import { html, signal } from "./html.js";
import { Rich } from "./rich.js";
import { busy, sendSource, step, write } from "./setup_state.js";
import { named, t } from "./texts.js";

const over = signal(false); // a file is held above the page
const editing = signal(null); // the pair whose words are changed

export function Pairs({ at }) {
  if (!at.pairs.length) return html`<${Source} />`;
  const left = at.pairs.filter((one) => one.state === "new").length;
  const ready = at.pairs.filter((one) => one.state === "kept" || one.state === "merged").length;
  return html`<p data-testid="setup-left">${t("setup_left", { n: at.pairs.length - left, of: at.pairs.length })}</p>
    <div class="buttons">
      ${left > 0 && html`<button class="button" type="button" data-testid="setup-keep-all" disabled=${busy.value} onClick=${() => step("keepall")}>${t("setup_keep_all", { n: left })}</button>`}
      <button class="button" type="button" data-testid="setup-anew" disabled=${busy.value} onClick=${() => step("anew")}>${t("setup_anew")}</button>
    </div>
    <${Unused} at=${at} />
    <ol class="owned">${at.pairs.map((one) => html`<${Pair} key=${one.id} pair=${one} at=${at} />`)}</ol>
    ${left === 0 && html`<${Found} at=${at} />`}
    ${left === 0 && ready > 0 && html`<div class="buttons"><button class="button primary" type="button" data-testid="setup-apply" disabled=${busy.value} onClick=${() => step("apply")}>${t("setup_apply", { n: ready })}</button></div>`}`;
}

// The first of what was not taken from the file, with where it stands in it and why.
function Unused({ at }) {
  if (!at.unused_count) return null;
  const more = at.unused_count - at.unused.length;
  return html`<details data-testid="setup-unused" open><summary>${t("setup_unused", { n: at.unused_count })}</summary><ul class="bullets">${at.unused.map((one) => html`<li>${t("setup_unused_line", one)}</li>`)}${more > 0 && html`<li class="quiet">${t("setup_unused_more", { n: more })}</li>`}</ul></details>`;
}

function Source() {
  const drop = (event) => {
    event.preventDefault();
    over.value = false;
    const file = event.dataTransfer.files[0];
    if (file) sendSource(file);
  };
  const paste = (event) => {
    event.preventDefault();
    return write("paste", new FormData(event.currentTarget).get("text"));
  };
  return html`<div class=${`drop ${over.value ? "over" : ""}`} onDragOver=${(event) => { event.preventDefault(); over.value = true; }} onDragLeave=${() => (over.value = false)} onDrop=${drop}>
      <p>${t("setup_source")}</p>
      <label class="button">${t("setup_choose_file")}<input class="hidden" type="file" accept=".csv,.tsv,.xlsx,.md,.markdown,.docx,.html,.htm,.txt" data-testid="setup-file" onChange=${(event) => event.target.files[0] && sendSource(event.target.files[0])} /></label>
    </div>
    <form class="paste" onSubmit=${paste}>
      <label><span>${t("setup_paste")}</span><textarea name="text" rows="6" required maxlength="200000" data-testid="setup-paste"></textarea></label>
      <button class="button" type="submit" data-testid="setup-read" disabled=${busy.value}>${t(busy.value ? "loading" : "setup_read")}</button>
    </form>`;
}

const MARKS = { new: "", kept: "setup_kept", skipped: "setup_skipped", merged: "setup_merged" };

function Pair({ pair, at }) {
  const merging = at.merging && at.pair === pair.id;
  const pick = (action) => step(action, pair.id);
  return html`<li class=${`owned-pair ${pair.state}`} data-testid="setup-pair">
    ${pair.topic && html`<small class="quiet">${pair.topic}</small>`} <small class="quiet">${pair.place}</small>
    <p><b>${pair.questions.join(" / ")}</b> <span class="chip">${named("language", pair.language)}</span> ${MARKS[pair.state] && html`<span class="chip" data-testid="setup-state">${t(MARKS[pair.state])}${pair.target ? `: ${pair.target}` : ""}</span>`}</p>
    <div class="bubble"><${Rich} markup=${pair.html} /></div>
    <div class="buttons">
      <button class="button" type="button" aria-pressed=${pair.state === "kept"} data-testid="setup-keep" disabled=${busy.value} onClick=${() => pick("keep")}>${t("setup_keep")}</button>
      <button class="button" type="button" aria-pressed=${pair.state === "skipped"} data-testid="setup-skip" disabled=${busy.value} onClick=${() => pick("skip")}>${t("setup_skip")}</button>
      <button class="button" type="button" aria-pressed=${pair.state === "merged"} data-testid="setup-merge" disabled=${busy.value} onClick=${() => pick("merge")}>${t("setup_merge")}</button>
      <button class="button" type="button" aria-expanded=${editing.value === pair.id} data-testid="setup-edit" onClick=${() => (editing.value = editing.value === pair.id ? null : pair.id)}>${t("setup_edit")}</button>
    </div>
    ${at.phrasings && html`<button class="button" type="button" data-testid="setup-ways" disabled=${busy.value} onClick=${() => pick("ways")}>${t("setup_ways")}</button>`}
    ${pair.phrasings.length > 0 && html`<fieldset class="panel"><legend>${t("setup_ways_about")}</legend>${pair.phrasings.map((one, n) => html`<label key=${one.text}><input type="checkbox" checked=${one.ticked} disabled=${busy.value} data-testid="setup-way" onChange=${() => step("way", `${pair.id}.${n}`)} /> ${one.text} <span class="chip">${named("language", one.language)}</span></label>`)}</fieldset>`}
    ${merging && html`<${Likely} pair=${pair} likely=${at.likely} />`}
    ${editing.value === pair.id && html`<${Edit} pair=${pair} />`}
  </li>`;
}

function Likely({ pair, likely }) {
  return html`<div class="panel" data-testid="setup-likely"><p>${t("setup_likely")}</p>
    <ul class="bullets">${likely.map((one, n) => html`<li key=${one.name}><p>${one.title}</p>${one.text && html`<blockquote>${one.text}</blockquote>`}
      <div class="buttons"><button class="button" type="button" data-testid=${`setup-mine-${n}`} disabled=${busy.value} onClick=${() => step("mine", `${pair.id}.${n}`)}>${t("setup_mine")}</button>
      ${one.text && html`<button class="button" type="button" data-testid=${`setup-theirs-${n}`} disabled=${busy.value} onClick=${() => step("theirs", `${pair.id}.${n}`)}>${t("setup_theirs")}</button>`}</div></li>`)}</ul>
  </div>`;
}

// Each field is written for itself; what is wrong with one is told above.
function Edit({ pair }) {
  const save = async (event) => {
    event.preventDefault();
    const { question, answer, title } = Object.fromEntries(new FormData(event.currentTarget));
    const now = { question: pair.questions.join("\n"), answer: pair.html, title: pair.title };
    for (const [into, text] of Object.entries({ question, answer, title })) {
      if (text !== now[into] && !(await write(into, text, { pair: pair.id }))) return;
    }
    editing.value = null;
  };
  return html`<form class="paste panel" onSubmit=${save}>
    <label><span>${t("setup_question")}</span><textarea name="question" rows="2" defaultValue=${pair.questions.join("\n")} data-testid="setup-question"></textarea></label>
    <label><span>${t("setup_answer")}</span><textarea name="answer" rows="5" defaultValue=${pair.html} data-testid="setup-answer"></textarea></label>
    <label><span>${t("setup_title")}</span><input name="title" maxlength="40" defaultValue=${pair.title} data-testid="setup-pair-title" /></label>
    <button class="button primary" type="submit" disabled=${busy.value} data-testid="setup-save">${t("save")}</button>
  </form>`;
}

function Found({ at }) {
  if (!at.found.length) return null;
  return html`<fieldset class="panel"><legend>${t("setup_found")}</legend>
    ${at.found.map((one) => html`<label key=${one.key}><input type="checkbox" checked=${one.ticked} data-testid=${`setup-tick-${one.key}`} disabled=${busy.value} onChange=${() => step("tick", one.key)} /> <code>${one.key}</code> ${one.value}</label>`)}
  </fieldset>`;
}

