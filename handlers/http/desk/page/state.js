// What the page knows, and how it comes to know it.

import { Away, get, identify, newKey, post, put, Refused } from "./api.js";
import { announce } from "./changes.js";
import { batch, computed, signal } from "./html.js";
import { follow, stop } from "./live.js";
import { filters, view } from "./narrowing.js";
import { codes, remember, remembered, t } from "./texts.js";
import { setClock } from "./times.js";
import { tell } from "./toasts.js";
import { wished, WISHES } from "./wishes.js";

const PAGE = 50;
const MOST = 100; // as many as the server gives at once
const SOON_MS = 150;

export const me = signal(null);
export const gate = signal("opening"); // opening, closed, open
export const refusal = signal("");
export const choices = signal({ colleagues: [], scenarios: {}, places: [] });
export const list = signal({ tickets: [], next: null, state: "loading" });
export const counts = signal({ waiting: 0, mine: 0, open: 0, snoozed: 0 });
export const current = signal(null);
export const subject = signal(null);
export const talk = signal({ lines: [], more: false, state: "loading" });
export const outcome = signal(null); // of the last verb
export const arrived = signal(null); // the last ticket that began to wait
export const mine = computed(() => subject.value?.ticket.operator?.id === me.value?.operator.id);

export async function enter() {
  identify({ signedOut: leave });
  try {
    me.value = await get("me");
  } catch (error) {
    if (error instanceof Away) throw error;
    return leave();
  }
  identify({ token: me.value.csrf, who: me.value.operator.id });
  gate.value = "open";
  await Promise.all([loadChoices(), loadList()]);
  follow(onNews, leave, onBack);
}

export function leave() {
  stop();
  batch(() => {
    me.value = null;
    gate.value = "closed";
  });
}

export async function loadChoices() {
  const found = await get("choices").catch(() => null);
  if (!found) return;
  batch(() => {
    codes.value = found.words;
    choices.value = found;
  });
}

export function show(name) {
  view.value = name;
  loadList();
}

export function narrow(change) {
  filters.value = { ...filters.value, ...change };
  loadList();
}

let asked = 0;

export async function loadList({ quietly = false } = {}) {
  const mark = ++asked;
  if (!quietly) list.value = { ...list.value, tickets: [], next: null, state: "loading" };
  const wanted = Math.max(PAGE, list.value.tickets.length);
  const found = new Map();
  try {
    for (let after = null; ; ) {
      const limit = Math.min(MOST, wanted - found.size);
      const page = await get("tickets", { view: view.value, ...filters.value, limit, after });
      if (mark !== asked) return;
      page.tickets.forEach((one) => found.set(one.id, one));
      after = page.next;
      if (!after || found.size >= wanted) return take(page, [...found.values()]);
    }
  } catch (error) {
    if (mark !== asked) return;
    const { state } = list.value; // a load that this one has come before may not wait for ever
    if (!quietly || state === "loading") list.value = { ...list.value, state: reason(error) };
    else if (state === "more") list.value = { ...list.value, state: "ready" };
  }
}

export async function loadMore() {
  if (!list.value.next || list.value.state !== "ready") return;
  const mark = ++asked;
  list.value = { ...list.value, state: "more" };
  try {
    const page = await get("tickets", { view: view.value, ...filters.value, limit: PAGE, after: list.value.next });
    if (mark !== asked) return;
    const known = new Set(list.value.tickets.map((one) => one.id));
    take(page, [...list.value.tickets, ...page.tickets.filter((one) => !known.has(one.id))]);
  } catch (error) {
    if (mark === asked) list.value = { ...list.value, state: "ready" };
    fail(error);
  }
}

function take(page, tickets) {
  batch(() => {
    setClock(page.now);
    counts.value = page.counts;
    list.value = { tickets, next: page.next, state: "ready" };
  });
}

export async function open(number) {
  if (current.value === number) return;
  batch(() => {
    current.value = number;
    subject.value = null;
    talk.value = { lines: [], more: false, state: number ? "loading" : "ready" };
  });
  if (number) {
    loadChoices(); // a colleague may have come since
    await loadSubject();
  }
}

export async function loadSubject() {
  const number = current.value;
  try {
    const found = await get(`tickets/${number}`);
    if (number !== current.value) return;
    batch(() => {
      setClock(found.now);
      subject.value = found;
    });
    await loadLines();
  } catch (error) {
    if (number === current.value && ["loading", "failed"].includes(talk.value.state)) talk.value = { lines: [], more: false, state: reason(error) };
  }
}

// What the server says in words (why the bot thought so) comes in the reader's language.
export async function loadAnew() {
  if (!current.value) return;
  talk.value = { lines: [], more: false, state: "loading" };
  await loadSubject();
}

async function loadLines() {
  const customer = subject.value?.customer.id;
  if (!customer) return;
  const page = await get(`customers/${customer}/lines`, { limit: PAGE });
  if (customer !== subject.value?.customer.id) return;
  const first = page.lines[0]?.id ?? 0;
  const above = talk.value.lines.filter((line) => line.id < first);
  const joined = !above.length || page.lines.some((line) => talk.value.lines.some((known) => known.id === line.id));
  const lines = joined ? [...above, ...page.lines] : page.lines;
  talk.value = { lines, more: joined && above.length ? talk.value.more : page.more, state: "ready" };
  if (lines.slice(-5).some((line) => line.delivered === false && !line.lost)) soonAgain();
}

let again = null;
let retries = 0;

// Nothing tells that a line has been delivered, so it is asked for while one is under way.
function soonAgain() {
  clearTimeout(again);
  if (++retries > 20) return;
  again = setTimeout(() => loadLines().catch(() => {}), 700 * Math.min(retries, 5));
}

export async function loadAbove() {
  if (!talk.value.more || talk.value.state !== "ready") return;
  const customer = subject.value.customer.id;
  talk.value = { ...talk.value, state: "more" };
  try {
    const page = await get(`customers/${customer}/lines`, { limit: PAGE, before: talk.value.lines[0].id });
    if (customer === subject.value?.customer.id)
      talk.value = { lines: [...page.lines, ...talk.value.lines], more: page.more, state: "ready" };
  } catch (error) {
    talk.value = { ...talk.value, state: "ready" };
    fail(error);
  }
}

// What failed while there was no line is asked for again; nothing else would.
function onBack() {
  loadList({ quietly: list.value.state !== "failed" });
  if (current.value && talk.value.state !== "gone") loadSubject();
  loadChoices();
}

let waiting = null;
let more = false; // news has come while the list was being read
let waitingBefore = null; // numbers of those who waited at the last look
const changed = new Set(); // tickets named since then
let everything = false;

function onNews(news) {
  announce(news);
  const found = subject.value;
  news.tickets?.forEach((number) => changed.add(number));
  everything ||= Boolean(news.everything);
  const concerned =
    news.everything || news.tickets.includes(current.value) || news.customers.includes(found?.customer.id);
  if (current.value && concerned) {
    retries = 0;
    loadSubject();
  }
  listSoon();
}

// What a press has changed is told as news a moment later: the list is read once for both. While it is being read, what
// comes is gathered, so that a crowd neither keeps the list from being read nor has it read at every piece of news.
export function listSoon() {
  if (waiting) return void (more = true);
  waiting = setTimeout(async () => {
    more = false;
    try {
      if (choices.value.colleagues.every((one) => one.id === me.value?.operator.id)) loadChoices();
      await loadList({ quietly: true });
      await look();
    } finally {
      waiting = null;
      if (more) listSoon();
    }
  }, SOON_MS);
}

// A ticket that waits and did not wait before is worth a sound, whatever view is open. All who wait are read once; then
// only what has changed is asked for.
async function look() {
  const [numbers, anew] = [[...changed], everything || !waitingBefore];
  changed.clear();
  everything = false;
  if (!WISHES.some((what) => wished(what, me.value?.operator.id))) return (waitingBefore = null);
  const found = await (anew ? allWaiting() : Promise.all(numbers.map(ticketOf))).catch(() => null);
  if (!found) return (waitingBefore = null);
  const waits = found.filter((one) => one?.state === "waiting");
  const fresh = waitingBefore && waits.find((one) => !waitingBefore.has(one.id));
  const others = anew ? [] : [...waitingBefore].filter((id) => !numbers.includes(id));
  waitingBefore = new Set([...others, ...waits.map((one) => one.id)]);
  if (fresh) arrived.value = fresh;
}

async function ticketOf(number) {
  try {
    return (await get(`tickets/${number}`)).ticket;
  } catch (error) {
    if (error instanceof Refused) return null; // it is gone
    throw error;
  }
}

// Whoever has begun to wait stands at the end of the list, so all of it is read.
async function allWaiting() {
  const found = [];
  for (let after = null; ; ) {
    const page = await get("tickets", { view: "waiting", limit: MOST, after });
    found.push(...page.tickets);
    after = page.next;
    if (!after) return found;
  }
}

export async function act(action, choice = null) {
  const number = current.value;
  try {
    const told = await post(`tickets/${number}/actions`, { action, choice, key: newKey() });
    outcome.value = told;
    await loadSubject();
    listSoon();
  } catch (error) {
    fail(error);
  }
}

// A text that was not taken keeps its key: sent again, it is written once.
const unsent = new Map();

// True once it is written, "away" while there is no line.
export async function write(number, words, note) {
  const what = note ? "notes" : "replies";
  const mark = `${number}/${what}/${JSON.stringify(words)}`;
  if (!unsent.has(mark)) unsent.set(mark, newKey());
  try {
    await post(`tickets/${number}/${what}`, { ...words, key: unsent.get(mark) });
    unsent.delete(mark);
  } catch (error) {
    fail(error);
    return error instanceof Away ? "away" : false;
  }
  retries = 0;
  if (number === current.value) await loadSubject();
  listSoon();
  return true;
}

// Whether the note is kept; where a colleague has been quicker, theirs is fetched and shown beside it.
export async function remark(customer, text, before) {
  try {
    await put(`customers/${customer}/note`, { text, before, key: newKey() });
  } catch (error) {
    if (error instanceof Refused && error.status === 409) await remarked(customer);
    else fail(error);
    return false;
  }
  tell(t("remark_kept"));
  await remarked(customer);
  return true;
}

async function remarked(customer) {
  announce({ tickets: [], customers: [customer] });
  if (current.value) await loadSubject();
}

export function reason(error) {
  return error instanceof Refused && error.status === 404 ? "gone" : "failed";
}

export function fail(error) {
  tell(error instanceof Refused ? t("refused", { why: error.message }) : t("away"), "bad");
}

// Several people may share a browser: each has drafts of their own.
const draftName = (number, note) => `desk.draft.${me.value?.operator.id}.${number}.${note ? "note" : "reply"}`;

export const draftOf = (number, note) => remembered(draftName(number, note)) ?? "";

export const keepDraft = (number, note, text) => remember(draftName(number, note), text || null);

export const title = (key) => choices.value.scenarios[key] ?? key;

// Of a scenario with several answers the answer is named as well.
export function answerTitle(scenario, answer) {
  const named = answer && choices.value.answers?.[`${scenario}/${answer}`];
  return named ? `${title(scenario)} · ${named}` : title(scenario);
}
