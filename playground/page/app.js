// Starts the page: words, state, the two halves, the tabs of a narrow screen.

import { h, icon, redraw } from "./dom.js";
import { Customers } from "./customers.js";
import { Operators } from "./operators.js";
import { badge } from "./pane.js";
import { follow } from "./net.js";
import { Store } from "./store.js";
import { loadTexts, setLanguage, t, translatePage } from "./texts.js";

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
  const { connected } = store.bot;
  const words = t(connected ? "connected" : "starting");
  const status = $("status");
  if (status.lastElementChild.textContent !== words) status.lastElementChild.textContent = words;
  status.dataset.state = connected ? "connected" : "starting";
  const banner = $("banner");
  banner.hidden = online && connected;
  const text = online ? `${t("starting")} ${t("starting_more")}` : t("offline");
  if (!banner.hidden && banner.textContent !== text) banner.replaceChildren(h("span", { class: "spinner" }), text);
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
  button.addEventListener("click", () => {
    setLanguage(button.dataset.lang);
    translatePage();
    soon();
  });

store.addEventListener("change", ({ detail }) => {
  if (detail?.kind === "answer") Object.values(panes).forEach((pane) => pane.answered(detail));
  soon();
});
document.addEventListener("visibilitychange", soon);
NARROW.addEventListener("change", soon);

translatePage();
follow({
  onState: (state) => {
    online = true;
    store.load(state);
  },
  onEvent: (event) => store.apply(event),
  onOffline: () => {
    online = false;
    if (store.ready) drawStatus();
    else $("banner").replaceChildren(t("offline"));
    $("banner").hidden = online;
  },
});
