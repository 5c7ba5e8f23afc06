// Scenarios that an admin reads and changes: what the server holds, and what is not saved yet.

import { about, page } from "./address.js";
import { get, newKey, post, put, Refused } from "./api.js";
import { batch, computed, signal } from "./html.js";
import { fail, me } from "./state.js";
import { LANGUAGES, remember, remembered, t } from "./texts.js";
import { tell } from "./toasts.js";

export const NEW = "+";
const CHECK_MS = 400;
const LEARN_MS = 1000;

export const outlines = signal(null); // null: not read yet; "failed"
export const sheet = signal(null); // what the server holds of the open scenario
export const form = signal(null); // the same as it is being written
const base = signal(null); // the mark of what the form was made of; null: it is new
export const checked = signal({ faults: [], previews: [] });
export const learning = signal(false);
export const saving = signal(false);

const draftName = (key) => `desk.scenario.${me.value?.operator.id}.${key}`;
const draftOf = (key) => JSON.parse(remembered(draftName(key)) ?? "null");
export const hasDraft = (key) => remembered(draftName(key)) !== null;

// A scenario as fields: phrases are one text, a line each.
function fieldsOf(scenario) {
  const part = (one) => ({
    ...one,
    examples: undefined,
    templates: undefined,
    phrases: Object.fromEntries(languagesOf(one.examples).map((language) => [language, (one.examples[language] ?? []).join("\n")])),
    texts: one.templates.map((text) => ({ ...text })),
  });
  return { ...part(scenario), answers: scenario.answers.map(part) };
}

export function scenarioOf(fields) {
  const part = ({ phrases, texts, examples, templates, added, ...one }) => ({
    ...one,
    examples: Object.fromEntries(Object.entries(phrases).map(([language, lines]) => [language, linesOf(lines)]).filter(([, lines]) => lines.length)),
    templates: texts,
  });
  const { answers, ...own } = fields;
  return { ...part(own), answers: answers.map(part) };
}

export const authorOf = (version) => version.author.replace(/ \(tg:-?\d+\)$/, ""); // with the id it stands in the log
export const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
export const languagesOf = (by) => [...new Set([...LANGUAGES, ...Object.keys(by)])];
const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

export const dirty = computed(() => form.value !== null && (sheet.value ? !same(scenarioOf(form.value), sheet.value.scenario) : true));
export const overtaken = computed(() => dirty.value && base.value !== (sheet.value?.mark ?? null));
export const errors = computed(() => checked.value.faults.filter((one) => one.severity === "error"));
export const faultsAt = (place) => checked.value.faults.filter((one) => one.place === place);
export const previewAt = (place) => checked.value.previews.find((one) => one.place === place);

export async function loadOutlines() {
  try {
    const found = await get("answers");
    outlines.value = found;
    if (found.version !== found.learned) learn();
  } catch (error) {
    outlines.value ??= "failed";
    fail(error);
  }
}

let opened = 0;

// What was not saved stands again; what the server holds is read beside it, so that nobody is overwritten unseen.
export async function open(key) {
  const mark = ++opened;
  batch(() => {
    sheet.value = form.value = base.value = null;
    checked.value = { faults: [], previews: [] };
  });
  const draft = draftOf(key);
  try {
    const found = key === NEW ? null : await get("answers/scenario", { key });
    if (mark !== opened) return;
    batch(() => {
      sheet.value = found;
      form.value = draft?.form ?? (found ? fieldsOf(found.scenario) : blank());
      base.value = draft ? draft.before : (found?.mark ?? null);
    });
    check();
  } catch (error) {
    if (mark !== opened) return;
    if (error instanceof Refused && error.status === 404 && draft) {
      batch(() => ([form.value, base.value] = [draft.form, null]));
      return check();
    }
    fail(error);
    location.hash = "#answers";
  }
}

function blank() {
  const two = () => Object.fromEntries(LANGUAGES.map((language) => [language, ""]));
  return { key: "", title: two(), description: "", priority: "low", action: "answer", mode: null, phrases: two(), texts: LANGUAGES.map((language) => ({ language, text: "" })), answers: [] };
}

export const blankAnswer = () => ({ ...blank(), description: undefined, answers: undefined, priority: null, action: null, added: true });

// Every change of a field comes through here: it is kept in the browser at once, and checked a moment later.
export function change(edit) {
  const next = structuredClone(form.value);
  edit(next);
  form.value = next;
  keep();
  soonChecked();
}

function keep() {
  const key = about.value;
  remember(draftName(key), dirty.value ? JSON.stringify({ before: base.value, form: form.value }) : null);
}

let waiting = null;

function soonChecked() {
  clearTimeout(waiting);
  waiting = setTimeout(check, CHECK_MS);
}

let asked = 0;

export async function check() {
  const mark = ++asked;
  if (!form.value) return;
  try {
    const found = await post("answers/check", { scenario: scenarioOf(form.value) });
    if (mark === asked) checked.value = found;
  } catch (error) {
    if (mark === asked && error instanceof Refused) fail(error);
  }
}

export function takeTheirs() {
  remember(draftName(about.value), null);
  open(about.value);
}

export function keepMine() {
  base.value = sheet.value?.mark ?? null;
  keep();
}

export function fill(scenario) {
  form.value = fieldsOf(scenario);
  keep();
  check();
}

export async function save() {
  if (saving.value || !dirty.value || overtaken.value) return;
  const [at, scenario] = [about.value, scenarioOf(form.value)];
  saving.value = true;
  try {
    await put("answers/scenario", { scenario, before: base.value, key: newKey() });
    remember(draftName(at), null);
    tell(t("answers_saved"));
    await loadOutlines();
    if (about.value !== at || page.value !== "answers") return;
    if (at === scenario.key) await open(at);
    else location.hash = `#answers/${scenario.key}`;
  } catch (error) {
    if (error instanceof Refused && error.status === 409) await seeTheirs(scenario.key);
    else fail(error);
  } finally {
    saving.value = false;
  }
}

// Somebody was quicker: their text is read and shown beside the unsaved one.
async function seeTheirs(key) {
  try {
    sheet.value = await get("answers/scenario", { key });
  } catch (error) {
    if (error instanceof Refused && error.status === 404) sheet.value = null;
    else fail(error);
  }
}

export async function removeScenario() {
  try {
    await post("answers/remove", { scenario: sheet.value.scenario.key, before: sheet.value.mark, key: newKey() });
    remember(draftName(about.value), null);
    tell(t("answers_removed"));
    form.value = null;
    location.hash = "#answers";
    await loadOutlines();
  } catch (error) {
    if (error instanceof Refused && error.status === 409) await seeTheirs(sheet.value.scenario.key);
    fail(error);
  }
}

export async function move(key, by) {
  const keys = outlines.value.scenarios.map((one) => one.key);
  const from = keys.indexOf(key);
  const to = from + by;
  if (to < 0 || to >= keys.length) return;
  keys.splice(to, 0, ...keys.splice(from, 1));
  const before = outlines.value;
  outlines.value = { ...before, scenarios: keys.map((one) => before.scenarios.find((each) => each.key === one)) };
  try {
    await put("answers/order", { keys, key: newKey() });
  } catch (error) {
    outlines.value = before;
    fail(error);
    loadOutlines();
  }
}

// The engine learns a change in the background; until then it goes by what it knew.
async function learn() {
  if (learning.value) return;
  learning.value = true;
  for (;;) {
    await new Promise((done) => setTimeout(done, LEARN_MS));
    const state = await get("answers/state").catch(() => null);
    if (!me.value || (state && state.version === state.learned)) break;
  }
  learning.value = false;
  if (me.value) tell(t("answers_learned"));
}

addEventListener("beforeunload", (event) => {
  if (page.value === "answers" && dirty.value) event.preventDefault();
});
