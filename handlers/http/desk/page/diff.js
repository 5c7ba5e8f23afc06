// What one text says and another does not, word by word or line by line.

import { html } from "./html.js";
import { languagesOf, linesOf } from "./answers_state.js";
import { t } from "./texts.js";

const MOST = 1500; // longer texts are shown one after the other

export function pieces(before, after) {
  if (before.length > MOST || after.length > MOST) return [...before.map((words) => ["del", words]), ...after.map((words) => ["ins", words])];
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let a = before.length - 1; a >= 0; a--)
    for (let b = after.length - 1; b >= 0; b--)
      table[a][b] = before[a] === after[b] ? table[a + 1][b + 1] + 1 : Math.max(table[a + 1][b], table[a][b + 1]);
  const found = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a] === after[b]) found.push(["", before[a++]]), b++;
    else if (b >= after.length || (a < before.length && table[a + 1][b] >= table[a][b + 1])) found.push(["del", before[a++]]);
    else found.push(["ins", after[b++]]);
  }
  return found;
}

const marked = (kind, words) => (kind === "ins" ? html`<ins>${words}</ins>` : kind === "del" ? html`<del>${words}</del>` : words);
// Two texts that share little are read better one after the other than word by word.
function inPieces(before, after) {
  const found = pieces(inWords(before), inWords(after));
  const shared = found.filter(([kind, words]) => !kind && words.trim()).length;
  const most = Math.max(...[before, after].map((text) => text.trim().split(/\s+/).length));
  return before && after && shared < most * 0.4 ? [["del", before], ["", "\n"], ["ins", after]] : found;
}

const inWords = (text) => text.match(/\s+|[^\s]+/g) ?? [];

// Everything in which two scenarios differ, under the name of its field.
export function Difference({ before, after }) {
  const [older, newer] = [flat(before), flat(after)];
  const places = [...new Set([...older.keys(), ...newer.keys()])].filter((place) => (older.get(place) ?? "") !== (newer.get(place) ?? ""));
  if (!places.length) return html`<p class="quiet">${t("no_difference")}</p>`;
  return html`<dl class="difference" data-testid="difference">${places.map((place) => [html`<dt key=${place}>${place}</dt>`, html`<dd key=${`${place}-`}>${told(older.get(place) ?? "", newer.get(place) ?? "", place)}</dd>`])}</dl>`;
}

function told(before, after, place) {
  if (!place.includes(t("phrases"))) return inPieces(before, after).map(([kind, words]) => marked(kind, words));
  return pieces(linesOf(before), linesOf(after)).filter(([kind]) => kind).map(([kind, words]) => html`<div>${marked(kind, words)}</div>`);
}

function flat(scenario) {
  const found = new Map();
  if (!scenario) return found;
  const put = (place, text) => text && found.set(place, text);
  const part = (name, one) => {
    for (const language of languagesOf(one.title)) put(`${name}${t("answer_title")} (${language})`, one.title[language]);
    put(`${name}${t("answer_description")}`, one.description);
    put(`${name}${t("by_priority")}`, one.priority);
    put(`${name}${t("answer_action")}`, one.action && t(`action_${one.action}`));
    put(`${name}${t("answer_mode")}`, one.mode && one.mode !== "auto" && t(`mode_${one.mode}`));
    for (const language of languagesOf(one.examples)) put(`${name}${t("phrases")} (${language})`, (one.examples[language] ?? []).join("\n"));
    const seen = {};
    for (const { language, text } of one.templates) put(`${name}${t("answer_text")} (${language} ${(seen[language] = (seen[language] ?? 0) + 1)})`, text);
  };
  part("", scenario);
  put(t("answers_order"), scenario.answers.map((one) => one.key).join(" "));
  scenario.answers.forEach((one) => part(`${one.key} · `, one));
  return found;
}
