// Figures of a span of time beside the span before: what was asked, who answered, how fast, how well, at what cost.

import { read } from "./address.js";
import { get } from "./api.js";
import { Fresh } from "./fresh.js";
import { html, signal } from "./html.js";
import { keep, keepFrom } from "./keep.js";
import { Chart } from "./report_chart.js";
import { Table } from "./report_table.js";
import { fail, me, reason } from "./state.js";
import { language, t } from "./texts.js";

const SPANS = ["7d", "30d", "90d"];
const AGAIN_MS = 60_000;
const BLOCKS = [
  ["report_volume", ["questions", "people", "answered", "auto_share", "clarified", "unanswered"]],
  ["report_people", ["tickets", "proposed", "first_answer", "first_answer_slow", "resolution", "resolution_slow", "spam"]],
  ["report_quality", ["rating", "rated", "helped", "person", "cost"]],
];
const TIMES = ["first_answer", "first_answer_slow", "resolution", "resolution_slow"];

const span = signal(read().query?.get("span") || SPANS[0]);
const report = signal({ state: "loading", found: null });
let asked = 0;

async function load() {
  const mark = ++asked;
  try {
    const found = await get("reports", { span: span.value });
    if (mark === asked) report.value = { state: "ready", found };
  } catch (error) {
    if (mark !== asked) return;
    report.value = { ...report.value, state: reason(error) };
    fail(error);
  }
}

function choose(words) {
  span.value = words;
  history.replaceState(null, "", `#reports?${new URLSearchParams({ span: words })}`);
  load();
}

export class Page extends Fresh {
  load = load;
  everyMs = AGAIN_MS;

  render() {
    const { state, found } = report.value;
    return html`<section class="sheet broad" aria-labelledby="report-title" data-testid="reports">
      <div class="report-head">
        <h2 id="report-title">${t("page_reports")}</h2>
        <${Spans} found=${found} />
      </div>
      ${state === "failed" && html`<p class="warning" role="alert">${t("report_failed")} <button class="button" type="button" onClick=${load}>${t("again")}</button></p>`}
      ${found ? html`<${Found} found=${found} />` : state === "loading" && html`<p class="quiet" role="status">${t("loading")}</p>`}
    </section>`;
  }
}

function Spans({ found }) {
  const dates = (event) => {
    const { first, last } = Object.fromEntries(new FormData(event.currentTarget.form));
    if (first && last && first <= last) choose(`${first} ${last}`);
  };
  return html`<form class="spans" onSubmit=${(event) => event.preventDefault()}>
    <div class="segmented" role="group" aria-label=${t("report_span")}>
      ${SPANS.map((one) => html`<button key=${one} type="button" data-testid=${`span-${one}`} aria-pressed=${span.value === one} onClick=${() => choose(one)}>${t("report_days", { n: parseInt(one, 10) })}</button>`)}
    </div>
    <label><span>${t("report_first")}</span><input type="date" name="first" data-testid="first-day" value=${found?.span.first} onChange=${dates} /></label>
    <label><span>${t("report_last")}</span><input type="date" name="last" data-testid="last-day" value=${found?.span.last} onChange=${dates} /></label>
  </form>`;
}

let chart = null;

function Found({ found }) {
  const kept = (table) => () => keepFrom("reports/table", { span: span.value, table }, `${table}-${found.span.first}-${found.span.last}.csv`);
  const title = t("report_chart", { first: day(found.span.first), last: day(found.span.last) });
  const rating = (value) => (value === null ? "–" : value.toLocaleString(language.value, { maximumFractionDigits: 1 }));
  const words = (key, name) => ({ key, title: t(name), words: true });
  const number = (key, name, show) => ({ key, title: t(name), show });
  return html`
    <p class="quiet">${t("report_now", { open: found.open, waiting: found.waiting })} ${t("report_before", { first: day(found.span_before.first), last: day(found.span_before.last) })} ${found.working_time ? t("report_working") : t("report_clock")} ${t("report_zone", { zone: me.value?.timezone })}</p>
    ${BLOCKS.map(([name, keys]) => html`<section key=${name} class="block" aria-labelledby=${name}><h3 id=${name}>${t(name)}</h3><dl class="numbers">${keys.map((key) => html`<${Figure} key=${key} name=${key} now=${found.now[key]} before=${found.before[key]} />`)}</dl></section>`)}
    <section class="figures" aria-labelledby="report-chart">
      <header><h3 id="report-chart">${title}</h3>
        <button class="button small" type="button" data-testid="png" aria-label=${`PNG: ${title}`} onClick=${async () => { const picture = await chart?.picture(title); if (picture) keep(picture, `chart-${found.span.first}-${found.span.last}.png`); }}>PNG</button>
        <button class="button small" type="button" aria-label=${`CSV: ${title}`} data-testid="csv-days" onClick=${kept("days")}>CSV</button>
        <button class="button small" type="button" data-testid="csv-totals" onClick=${kept("totals")}>${t("report_totals")}: CSV</button>
      </header>
      <${Chart} drawn=${(one) => (chart = one)} title=${title} points=${found.points} labels=${[t("report_bot"), t("report_called"), t("report_day")]} dayOf=${shortDay} />
    </section>
    <div class="tables">
      <${Table} name="ladder" title=${t("report_ladder")} rows=${found.ladder} onKeep=${kept("ladder")} columns=${[words("title", "report_answer"), words("who", "answer_mode"), number("asked", "report_proposed"), number("right", "report_right"), number("of", "report_of"), number("sure", "report_sure", (one) => (one === null ? "–" : `${one} %`)), number("answer_at", "report_answer_at", (one) => (one === null ? "–" : `${Math.round(100 * one)} %`)), number("needs", "report_needs", (one) => one ?? "–")]} />
      <${Table} name="answers" title=${t("report_answers")} rows=${found.answers} onKeep=${kept("answers")} columns=${[words("title", "report_answer"), number("given", "report_given"), number("helped", "figure_helped"), number("person", "figure_person")]} />
      <${Table} name="scenarios" title=${t("report_scenarios")} rows=${found.scenarios} onKeep=${kept("scenarios")} columns=${[words("title", "by_scenario"), number("tickets", "figure_tickets"), number("rating", "figure_rating", rating)]} />
      <${Table} name="operators" title=${t("report_operators")} rows=${found.operators} onKeep=${kept("operators")} columns=${[words("operator", "by_operator"), number("replies", "report_replies"), number("closed", "report_closed"), number("rating", "figure_rating", rating)]} />
      <${Table} name="reasons" title=${t("report_reasons")} rows=${found.reasons} onKeep=${kept("reasons")} columns=${[words("title", "why"), number("tickets", "figure_tickets")]} />
      ${found.groups.length > 1 && html`<${Table} name="groups" title=${t("report_groups")} rows=${found.groups.map((one) => ({ ...one, group: String(one.group ?? t("report_first_group")) }))} onKeep=${kept("groups")} columns=${[words("group", "report_group"), number("tickets", "figure_tickets"), number("first_answer", "figure_first_answer", spell)]} />`}
      <${Table} name="engines" title=${t("report_engines")} rows=${found.engines} onKeep=${kept("engines")} columns=${[words("title", "report_engine"), number("share", "report_share", (value) => `${value} %`)]} />
      ${found.moved && html`<p class="quiet" data-testid="moved">${t("report_moved", { at: Math.round(100 * found.moved.answer_at), configured: Math.round(100 * found.moved.configured) })}</p>`}
      <section class="figures" aria-labelledby="report-asked"><header><h3 id="report-asked">${t("report_asked")}</h3></header>
        ${found.unanswered.length ? html`<ul class="asked" data-testid="unanswered">${[...found.unanswered].reverse().map((one, at) => html`<li key=${at}>${one}</li>`)}</ul>` : html`<p class="quiet">${t("report_asked_none")}</p>`}
      </section>
    </div>`;
}

function Figure({ name, now, before }) {
  const change = now === null || before === null || now === before ? "" : now > before ? "▲" : "▼";
  return html`<div data-testid=${`figure-${name}`}>
    <dt>${t(`figure_${name}`)}</dt>
    <dd><b>${show(name, now)}</b><small>${change && html`<span aria-hidden="true">${change} </span>`}${before === null ? t("report_no_before") : t("report_was", { was: show(name, before) })}</small></dd>
  </div>`;
}

function show(name, value) {
  if (value === null) return "–";
  if (TIMES.includes(name)) return spell(value);
  if (name === "auto_share") return `${value} %`;
  if (name === "cost") return `$${value.toFixed(value && value < 1 ? 4 : 2)}`;
  return value.toLocaleString(language.value, { maximumFractionDigits: 1 });
}

function spell(seconds) {
  if (seconds === null) return "–";
  if (seconds < 60) return t("seconds", { n: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("minutes", { n: minutes });
  return [t("hours", { n: Math.floor(minutes / 60) }), minutes % 60 ? t("minutes", { n: minutes % 60 }) : ""].join(" ").trim();
}

const day = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString(language.value, { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
const shortDay = (moment) => new Date(moment).toLocaleDateString(language.value, { day: "2-digit", month: "2-digit", timeZone: me.value?.timezone });
