// One line of the conversation, or several that were sent as one album: who said what, what it said before, what became of it.

import { html, Icon } from "./html.js";
import { Tools } from "./line_tools.js";
import { deliver } from "./lines.js";
import { formatted } from "./formatted.js";
import { hasMedia, Media } from "./media.js";
import { answerTitle, subject } from "./state.js";
import { named, t } from "./texts.js";
import { clock, full } from "./times.js";

export function Line({ lines, jump }) {
  const [line] = lines;
  const side = line.author === "customer" ? "theirs" : "ours";
  const kind = line.kind === "note" ? "note" : line.author;
  if (line.kind === "note" && !line.text && !line.file) return html`<article class="line ours gone" id=${`line-${line.id}`} tabindex="-1" data-testid="line" data-kind="withdrawn"><p class="aside">${t("withdrawn", { name: line.author_name ?? t("by_bot") })} · <time title=${full(line.created_at)}>${clock(line.created_at)}</time></p></article>`;
  const worded = lines.find((one) => one.words.text) ?? line;
  return html`<article class="line ${side} ${kind}" id=${`line-${line.id}`} tabindex="-1" data-testid="line" data-author=${line.author} data-kind=${line.kind}>
    <p class="head"><b>${author(line)}</b> <time title=${full(line.created_at)}>${clock(line.created_at)}</time></p>
    ${line.forwarded_from !== null && html`<p class="aside">↪ ${t("forwarded", { name: line.forwarded_from || t("unknown") })}</p>`}
    <${Answered} line=${line} jump=${jump} />
    ${hasMedia(line) && html`<div class="shows ${lines.length > 1 ? "album" : ""}">${lines.map((one) => html`<${Media} key=${one.id} line=${one} />`)}</div>`}
    ${worded.words.text && line.kind !== "sticker" && html`<div class="text">${formatted(worded.words)}</div>`}
    <${Before} lines=${lines} />
    <${Gone} lines=${lines} />
    <${Tools} line=${line} />
    <${Foot} line=${lines.find((one) => one.lost || one.unsure) ?? line} />
  </article>`;
}

export function author(line) {
  if (line.kind === "note") return t("note_by", { name: line.author_name ?? "" });
  if (line.author === "operator") return line.author_name ?? t("by_operator");
  return line.author === "bot" ? t("by_bot") : subject.value?.customer.name;
}

function Answered({ line, jump }) {
  const { answered, quoted } = line;
  if (!answered) return quoted && html`<blockquote>${quoted}</blockquote>`;
  return html`<button class="answered" type="button" data-testid="answered" title=${t("jump_to_line")} onClick=${() => jump(answered.id)}>
    <b>${author(answered)}</b><span>${quoted || answered.text || named("kind", answered.kind)}</span>
  </button>`;
}

function Before({ lines }) {
  const changed = lines.find((one) => one.edited_at);
  if (!changed) return null;
  const earlier = lines.flatMap((one) => one.earlier);
  if (!earlier.length) return html`<p class="aside" title=${full(changed.edited_at)}>${t("edited")}</p>`;
  return html`<details class="before" data-testid="before">
    <summary title=${full(changed.edited_at)}>${t("edited_before")}</summary>
    ${earlier.map((one) => html`<div key=${one.until}><small>${t("until", { at: full(one.until) })}</small><div class="text">${one.words.text ? formatted(one.words) : t("without_words")}</div></div>`)}
  </details>`;
}

// Deleted at the other side, whoever did it; the team still reads it.
function Gone({ lines }) {
  const gone = lines.filter((one) => one.gone_at);
  if (!gone.length) return null;
  const words = gone.length < lines.length ? t("gone_partly", { n: gone.length, of: lines.length }) : t("gone");
  return html`<p class="aside" data-testid="gone" title=${full(gone[0].gone_at)}><${Icon} name="bin" /> ${words}</p>`;
}

function Foot({ line }) {
  const { verdict } = line;
  const about = line.author === "bot" && line.scenario && answerTitle(line.scenario, line.answer);
  return html`<div class="foot">
    ${line.reaction && html`<span class="sign" data-testid="reaction" title=${t(line.author === "customer" ? "reaction_ours" : "reaction_theirs")}>${line.reaction}</span>`}
    ${about && html`<span data-testid="about">${about}</span>`}
    ${line.feedback && html`<span class=${line.feedback}>${t(`feedback_${line.feedback}`)}</span>`}
    ${verdict && html`<${Verdict} verdict=${verdict} />`}
    ${(line.lost || line.unsure) && html`<${Lost} line=${line} />`}
    ${line.delivered === false && !line.lost && !line.unsure && html`<span class="sending"><${Icon} name="clock" /> ${t("sending")}</span>`}
    ${line.delivered === true && line.author === "operator" && html`<span class="sent"><${Icon} name="check" /> ${t("delivered")}</span>`}
  </div>`;
}

function Verdict({ verdict }) {
  const percent = Math.round(verdict.confidence * 100);
  const what = verdict.scenario === "UNKNOWN" ? t("not_sure") : answerTitle(verdict.scenario, verdict.answer);
  const words = `${what} · ${percent} % · ${t(`engine_${verdict.engine}`)}`;
  if (!verdict.reasoning) return html`<span data-testid="verdict">${words}</span>`;
  return html`<details class="thought" data-testid="verdict"><summary>${words}</summary>${verdict.reasoning}</details>`;
}

function Lost({ line }) {
  const away = !subject.value?.customer.reachable;
  const why = line.unsure ? t("not_confirmed") : away ? t("not_delivered_away") : line.why ? t("not_delivered_why", { why: line.why }) : t("not_delivered");
  return html`<span class="bad" data-testid="lost">${why}</span>
    ${line.again && !away && html`<button class="link" type="button" data-testid="try-again" onClick=${() => deliver(line)}>${t("again")}</button>`}`;
}
