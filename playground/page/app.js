// Starts the page: words, state, the two halves, the tabs of a narrow screen.

import { h, icon, redraw } from "./dom.js";
import { Customers } from "./customers.js";
import { Operators } from "./operators.js";
import { badge } from "./pane.js";
import { follow, post } from "./net.js";
import { dialog, toast } from "./notice.js";
import { Store } from "./store.js";
import { currentLanguage, loadTexts, setLanguage, t, translatePage } from "./texts.js";

const NARROW = matchMedia("(max-width: 759px)");
const TABS = { customers: "person", operators: "people" };

const $ = (id) => document.getElementById(id);

await loadTexts();
const store = new Store();
const panes = { customers: new Customers($("customers"), store), operators: new Operators($("operators"), store) };
let online = true;
let waiting = false;

function draw() {
  waiting = false;
  if (!store.ready) return;
  markRead();
  Object.values(panes).forEach((pane) => pane.draw());
  drawStatus();
  drawTabs();
}

// Many changes in one moment are one drawing.
function soon() {
  if (!waiting) requestAnimationFrame(draw);
  waiting = true;
}

function markRead() {
  if (document.hidden) return;
  for (const [name, pane] of Object.entries(panes)) if (!NARROW.matches || document.body.dataset.tab === name) pane.seen();
}

function drawStatus() {
  const state = botState();
  const words = t(state);
  const status = $("status");
  if (status.lastElementChild.textContent !== words) status.lastElementChild.textContent = words;
  status.dataset.state = state;
  const banner = $("banner");
  banner.hidden = online && state === "connected";
  const text = online ? `${words} ${more(state)}` : t("offline");
  if (!banner.hidden && banner.textContent !== text) banner.replaceChildren(h("span", { class: "spinner" }), text);
  drawKill();
  drawAnew();
  drawDesk();
  drawSite();
}

// The desk of the bot in a page of its own, signed in as whoever speaks in the group.
function drawDesk() {
  const link = $("desk");
  const who = store.operators.find(({ id }) => id === panes.operators.me);
  link.hidden = !store.bot.desk || !who;
  if (link.hidden) return;
  link.href = store.bot.desk.replace("{id}", who.id).replace("{name}", encodeURIComponent(who.name));
  link.textContent = t("desk");
  link.title = t("desk_more", { name: who.name });
}

// A page of a site with the bot's chat on it.
function drawSite() {
  const link = $("site");
  link.hidden = !store.bot.site;
  link.href = `/site?lang=${currentLanguage()}`;
  link.textContent = t("site");
  link.title = t("site_more");
}

function botState() {
  const { connected, process } = store.bot;
  if (connected) return "connected";
  return process?.fallen ? "stopped" : "starting";
}

function more(state) {
  if (state !== "stopped") return t("starting_more");
  const pause = store.bot.process.pause_s;
  return `${pause ? t("stopped_pause", { n: pause }) : t("stopped_now")} ${t("stopped_more")}`;
}

// Only a bot that was started together with the page can be killed from it.
function drawKill() {
  const { process } = store.bot;
  const button = $("kill");
  button.hidden = !process;
  button.disabled = !online || !process?.running;
  button.title = t("kill");
  button.setAttribute("aria-label", t("kill"));
}

// Only where the bot's memory can be taken from it.
function drawAnew() {
  const button = $("anew");
  button.hidden = !store.bot.process?.forgets;
  button.disabled = !online;
  button.title = t("anew");
  button.setAttribute("aria-label", t("anew"));
}

function askAnew() {
  const choice = (value, checked) => {
    const props = { type: "radio", name: "with", value, test: `anew-${value}`, checked };
    return h("label", {}, h("input", props), h("span", {}, h("b", {}, t(`anew_${value}`)), h("small", {}, t(`anew_${value}_more`))));
  };
  const cancel = h("button", { type: "button", class: "quiet" }, t("cancel"));
  const form = h(
    "form",
    { method: "dialog" },
    h("h3", {}, t("anew_title")),
    h("p", { class: "dialog-text" }, t("anew_text")),
    h("fieldset", { class: "choice wide" }, h("legend", {}, t("anew_with")), choice("nothing", true), choice("example", false)),
    h("div", { class: "dialog-end" }, cancel, h("button", { class: "primary", test: "anew-go" }, t("anew_go"))),
  );
  const box = dialog({ test: "anew-dialog" }, form);
  cancel.addEventListener("click", () => box.close());
  form.addEventListener("submit", () => post("anew", { with: new FormData(form).get("with") }));
}

// Where there is nothing yet, the admin is the first who writes: they set it up.
function begun({ beginning }) {
  toast(t(`anew_begun_${beginning}`));
  if (beginning !== "nothing") return;
  panes.operators.go(0, true);
  document.body.dataset.tab = "operators";
}

async function kill() {
  if (await post("bot/kill", {})) toast(t("killed"));
}

// The page speaks the team's language: what one page chooses holds for the bot and for every other page.
function speak() {
  const { language } = store;
  if (!language || language === currentLanguage()) return;
  setLanguage(language);
  translatePage();
}

function drawTabs() {
  const buttons = Object.entries(TABS).map(([name, sign]) => {
    const props = { type: "button", test: `tab-${name}`, "aria-pressed": String(document.body.dataset.tab === name) };
    const open = () => {
      document.body.dataset.tab = name;
      draw();
    };
    return h("button", { ...props, onclick: open }, icon(sign), h("span", {}, t(name)), badge(panes[name].unread()));
  });
  redraw($("tabs"), ...buttons);
}

for (const button of document.querySelectorAll("[data-lang]"))
  button.addEventListener("click", () => post("language", { language: button.dataset.lang }));
$("kill").append(icon("power"));
$("kill").addEventListener("click", kill);
$("anew").append(icon("anew"));
$("anew").addEventListener("click", askAnew);

store.addEventListener("change", ({ detail }) => {
  speak();
  if (detail?.kind === "answer") Object.values(panes).forEach((pane) => pane.answered(detail));
  soon();
});
document.addEventListener("visibilitychange", soon);
NARROW.addEventListener("change", soon);

translatePage();
follow({
  onState: (state, anew) => {
    online = true;
    store.load(state);
    if (anew) begun(state);
    if (!state.language) post("language", { language: currentLanguage(), guess: true });
  },
  onEvent: (event) => store.apply(event),
  onOffline: () => {
    online = false;
    if (store.ready) drawStatus();
    else $("banner").replaceChildren(t("offline"));
    $("banner").hidden = online;
  },
});
