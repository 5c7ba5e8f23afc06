// How the bot is: each part with what to do next, what was set aside, limits, versions, the last warnings. It looks
// again by itself.

import { get, post } from "./api.js";
import { Fresh } from "./fresh.js";
import { html, signal } from "./html.js";
import { live } from "./live.js";
import { fail, reason } from "./state.js";
import { has, t } from "./texts.js";
import { clock, full, size } from "./times.js";
import { tell } from "./toasts.js";

const AGAIN_MS = 10_000;
const known = signal({ state: "loading", now: null, aside: [] });
const chosen = signal({ task: null, discard: null, busy: false });
let asked = 0;

async function load() {
  const mark = ++asked;
  try {
    const [now, { tasks }] = await Promise.all([get("state"), get("aside")]);
    if (mark === asked) known.value = { state: "ready", now, aside: tasks };
  } catch (error) {
    if (mark === asked) known.value = { ...known.value, state: reason(error) }; // what was known last stays, and is said to be old
  }
}

export class Page extends Fresh {
  load = load;
  everyMs = AGAIN_MS;

  render() {
    const { state, now } = known.value;
    return html`<section class="sheet broad" aria-labelledby="health-title" data-testid="health">
      <div class="report-head">
        <h2 id="health-title">${t("page_health")}</h2>
        ${now && html`<p class="quiet" role="status">${t(state === "ready" ? "health_at" : "health_old", { at: clock(now.now) })}</p>`}
        <button class="button" type="button" onClick=${load}>${t("health_again")}</button>
      </div>
      ${state === "failed" && html`<p class="warning" role="alert">${t("health_failed")}</p>`}
      ${now ? html`<${Found} now=${now} aside=${known.value.aside} />` : state === "loading" && html`<p class="quiet" role="status">${t("loading")}</p>`}
    </section>`;
  }
}

function Found({ now, aside }) {
  const wrong = now.parts.filter((one) => one.next_steps.length);
  return html`
    <p class=${`verdict ${now.status}`} data-testid="health-status" data-status=${now.status}><i class="dot-${now.status}" aria-hidden="true"></i><b>${now.words}</b> <span>${t(`line_${live.value.state}`)}, ${t("line_since", { at: clock(live.value.since) })}</span></p>
    ${wrong.length > 0 && html`<ul class="cards" data-testid="problems">${wrong.map((one) => html`<li key=${one.part}><span class="what"><b>${one.title}</b>: ${one.words}${one.next_steps.map((words) => html`<p key=${words}>${words}</p>`)}</span></li>`)}</ul>`}
    ${aside.length > 0 && html`<${Aside} tasks=${aside} />`}
    <div class="tables">
      ${now.parts.map((one) => html`<section key=${one.part} class="figures" aria-labelledby=${`part-${one.part}`} data-testid=${`part-${one.part}`}>
        <header><h3 id=${`part-${one.part}`}>${one.title}</h3><span class="chip"><i class="dot-${one.status}" aria-hidden="true"></i> ${one.words}</span></header>
        <${Facts} facts=${one.facts} />
      </section>`)}
      <section class="figures" aria-labelledby="health-about"><header><h3 id="health-about">${t("health_about")}</h3></header>
        <${Facts} facts=${{ ...now.about, database_size: now.size_bytes === null ? "–" : size(now.size_bytes) }} />
      </section>
      <section class="figures" aria-labelledby="health-limits"><header><h3 id="health-limits">${t("health_limits")}</h3></header>
        ${now.limits.map((one) => html`<label key=${one.chat_id} class="limit"><span>${t("health_limit", { chat: one.chat_id, used: one.used, most: one.most })}</span><meter min="0" max=${one.most} high=${one.most * 0.8} value=${one.used}></meter></label>`)}
        ${!now.limits.length && html`<p class="quiet">${t("health_no_limits")}</p>`}
      </section>
      ${Object.keys(now.engines).length > 0 && html`<section class="figures" aria-labelledby="health-engines"><header><h3 id="health-engines">${t("health_engines")}</h3></header><${Facts} facts=${now.engines} /></section>`}
    </div>
    <section class="figures" aria-labelledby="health-log"><header><h3 id="health-log">${t("health_log")}</h3></header>
      ${now.logged.length
        ? html`<ul class="log" data-testid="log">${now.logged.map((one, at) => html`<li key=${at}><small>${one.at ? full(one.at) : ""} · ${one.level}</small><b>${one.event}</b> <span>${Object.entries(one.fields).map(([name, value]) => `${name}=${value}`).join(" ")}</span></li>`)}</ul>`
        : html`<p class="quiet">${t("health_no_log")}</p>`}
    </section>`;
}

// Facts in words; pointing at one shows its name in `/health/full` and in the settings.
function Facts({ facts }) {
  const rows = Object.entries(facts).filter(([, value]) => value !== "" && value !== null);
  if (!rows.length) return html`<p class="quiet">–</p>`;
  return html`<dl class="readings">${rows.map(([name, value]) => html`<div key=${name}><dt title=${name}>${worded(name)}</dt><dd>${written(value)}</dd></div>`)}</dl>`;
}

const worded = (name) => (has(`reading_${name}`) ? t(`reading_${name}`) : name);

function written(value) {
  if (typeof value === "boolean") return t(value ? "reading_yes" : "reading_no");
  if (Array.isArray(value)) return value.map(written).join("; ") || "–";
  if (value === null || typeof value !== "object") return value === null || value === "" ? "–" : String(value);
  return Object.entries(value).map(([name, one]) => `${worded(name)}: ${written(one)}`).join(", ") || "–";
}

const nameOf = (task) => `${task.queue}-${task.id}`;

function Aside({ tasks }) {
  const all = (queue) => tasks.filter((one) => one.queue === queue).map((one) => one.id);
  return html`<section class="figures" aria-labelledby="aside-title" data-testid="aside">
    <header><h3 id="aside-title">${t("aside_title")}</h3>
      ${["inbox", "outbox"].filter((one) => all(one).length > 1).map((queue) => html`<button key=${queue} class="button small" type="button" disabled=${chosen.value.busy} onClick=${() => settle(queue, all(queue), "retry")}>${t(`aside_all_${queue}`)}</button>`)}
    </header>
    <ul class="cards">${tasks.map((one) => html`<${Task} key=${nameOf(one)} task=${one} />`)}</ul>
  </section>`;
}

function Task({ task }) {
  const name = nameOf(task);
  const { task: open, discard, busy } = chosen.value;
  const set = (change) => (chosen.value = { ...chosen.value, ...change });
  return html`<li data-testid=${`aside-${name}`}>
    <span class="what"><b>${t(`aside_${task.queue}`)}</b> <small>${full(task.settled_at)} · ${task.key}</small>${task.words && html`<p>${task.words}</p>`}<small>${task.error}</small></span>
    <span class="buttons">
      <button class="button" type="button" disabled=${busy} data-testid="aside-retry" onClick=${() => settle(task.queue, [task.id], "retry")}>${t("again")}</button>
      <button class="button" type="button" aria-expanded=${open === name} data-testid="aside-look" onClick=${() => set({ task: open === name ? null : name })}>${t("aside_look")}</button>
      ${discard === name
        ? html`<button class="button bad" type="button" disabled=${busy} data-testid="aside-sure" onClick=${() => settle(task.queue, [task.id], "discard")}>${t("aside_sure")}</button><button class="button" type="button" onClick=${() => set({ discard: null })}>${t("cancel")}</button>`
        : html`<button class="button" type="button" data-testid="aside-discard" onClick=${() => set({ discard: name })}>${t("aside_discard")}</button>`}
    </span>
    ${open === name && html`<pre class="payload" tabindex="0">${task.payload}</pre>`}
  </li>`;
}

async function settle(queue, ids, what) {
  chosen.value = { ...chosen.value, busy: true };
  try {
    const { count } = await post("aside", { queue, ids, what });
    tell(t(`aside_done_${what}`, { n: count }));
    await load();
  } catch (error) {
    fail(error);
  } finally {
    chosen.value = { task: null, discard: null, busy: false };
  }
}
