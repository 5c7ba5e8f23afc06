// The buttons of a line, there for whoever points at it or has come to it by keys.

import { html, Icon, signal } from "./html.js";
import { react, take, takeBack } from "./lines.js";
import { subject } from "./state.js";
import { t } from "./texts.js";

const asked = signal(null); // the line that is about to be taken back
const changeable = (line) => line.mine && Boolean(line.words.text);
const retractable = (line) => line.author !== "customer" && line.ticket_id && (line.kind === "note" ? changeable(line) : Boolean(line.words.text || line.file));

// Signs that are asked for most, of those that Telegram lets bots use.
const SIGNS = ["👍", "❤", "🙏", "🔥", "👏", "🤝", "😢"];
const reacting = signal(null); // the line that a sign is chosen for
// A bot can react in its own chats and in direct messages of channels.
const signed = (line) => line.author === "customer" && ["telegram", "direct"].includes(subject.value?.customer.channel);

function Signs({ line }) {
  const choose = (sign) => ((reacting.value = null), react(line, sign));
  return html`<div class="actions sure signs" role="group" aria-label=${t("react")}>
    ${SIGNS.map((sign) => html`<button key=${sign} type="button" aria-pressed=${line.reaction === sign} data-testid=${`sign-${sign}`} onClick=${() => choose(line.reaction === sign ? null : sign)}>${sign}</button>`)}
    <button type="button" aria-label=${t("leave_it")} title=${t("leave_it")} onClick=${() => (reacting.value = null)}><${Icon} name="close" /></button>
  </div>`;
}

export function Tools({ line }) {
  if (reacting.value === line.id) return html`<${Signs} line=${line} />`;
  if (asked.value === line.id) return html`<div class="actions sure" role="group">
    <span>${t(line.kind === "note" ? "take_back_note_sure" : "take_back_sure")}</span>
    <button class="button bad" type="button" data-testid="take-back-yes" onClick=${() => ((asked.value = null), takeBack(line))}>${t("take_back")}</button>
    <button class="button" type="button" onClick=${() => (asked.value = null)}>${t("leave_it")}</button>
  </div>`;
  return html`<div class="actions">
    ${line.kind !== "note" && html`<button type="button" data-testid="line-answer" aria-label=${t("answer_line")} title=${t("answer_line")} onClick=${() => take("answer", line)}><${Icon} name="answer" /></button>`}
    ${signed(line) && html`<button type="button" data-testid="line-react" aria-label=${t("react")} title=${t("react")} onClick=${() => (reacting.value = line.id)}><${Icon} name="smile" /></button>`}
    ${changeable(line) && html`<button type="button" data-testid="line-change" aria-label=${t("change_line")} title=${t("change_line")} onClick=${() => take("change", line)}><${Icon} name="edit" /></button>`}
    ${retractable(line) && html`<button type="button" data-testid="line-take-back" aria-label=${t("take_back")} title=${t("take_back")} onClick=${() => (asked.value = line.id)}><${Icon} name="bin" /></button>`}
  </div>`;
}
