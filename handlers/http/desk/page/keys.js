// The keyboard: everything that the mouse can do.

import { goBack, page, to } from "./address.js";
import { panel } from "./conversation.js";
import { asNote } from "./composer.js";
import { dialog, shut } from "./dialog.js";
import { fold, opened, toggle } from "./menu.js";
import { VIEWS } from "./narrowing.js";
import { choose } from "./several.js";
import { picking } from "./ready.js";
import { current, gate, list, mine, show, subject } from "./state.js";

const FIELDS = "input, textarea, select, [contenteditable]";
const STILL_TYPING_MS = 1000; // a field may be taken away under somebody's hands: their letters are no verbs
let typedAt = -STILL_TYPING_MS;

export function listen() {
  document.addEventListener("focusout", (event) => event.target.closest(FIELDS) && (typedAt = event.timeStamp));
  document.addEventListener("keydown", (event) => {
    if (gate.value !== "open" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return escape(event);
    if (event.target.closest(FIELDS)) typedAt = event.timeStamp;
    if (event.repeat || dialog.value || event.timeStamp - typedAt < STILL_TYPING_MS) return;
    const action = ANYWHERE[event.code] ?? ANYWHERE[event.key] ?? (page.value === "tickets" ? ACTIONS[event.code] : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const ANYWHERE = {
  KeyG: goTo,
  KeyU: () => to("customers"),
  "?": () => (dialog.value = "keys"),
};

// By the place of a key where it is a letter: the same keys on a Russian keyboard.
const ACTIONS = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyR: () => compose(false),
  KeyN: () => compose(true),
  KeyT: () => ticket() && press(mine.value ? "release" : "take"),
  KeyH: () => ticket() && press("menu-hand"),
  KeyP: () => ticket() && toggle("priority"),
  KeyS: () => ticket() && toggle("snooze"),
  KeyC: () => ticket() && toggle("close"),
  KeyQ: () => tool("line-answer", theirs()),
  KeyE: () => tool("line-change", own()),
  KeyA: () => subject.value && (picking.value = true),
  KeyX: () => current.value && choose(current.value),
  KeyF: () => document.getElementById("search")?.focus(),
  KeyI: () => (panel.value = !panel.value),
  ...Object.fromEntries(VIEWS.map((name, at) => [`Digit${at + 1}`, () => show(name)])),
};

// The line that has the focus; else the customer's last, or one's own last.
const focused = () => document.activeElement?.closest("article.line");
const last = (fits) => [...document.querySelectorAll(fits)].at(-1)?.closest("article.line");
const theirs = () => focused() ?? last("article.line.theirs");
const own = () => focused() ?? last("article.line [data-testid=line-change]");
const tool = (name, line) => line?.querySelector(`[data-testid=${name}]`)?.click();

const ticket = () => subject.value && subject.value.ticket.state !== "closed";
const press = (name) => document.querySelector(`[data-testid=${name}]:not(:disabled)`)?.click();

function step(by) {
  const ids = list.value.tickets.map((one) => one.id);
  const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(current.value) + by))];
  if (next === undefined) return;
  location.hash = `#t${next}`;
  document.querySelector(`[data-testid=ticket-${next}]`)?.scrollIntoView({ block: "nearest" });
}

// The pages stand side by side where there is room for them, and else in a menu.
function goTo() {
  const links = [...document.querySelectorAll(".pages :is(a, button)")].filter((one) => one.offsetParent);
  if (links.length) (links.find((one) => !one.ariaCurrent) ?? links[0]).focus();
  else toggle("pages");
}

function compose(note) {
  asNote.value = note;
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
}

function escape(event) {
  if (opened.value) fold();
  else if (dialog.value) shut();
  else if (picking.value) picking.value = false;
  else if (panel.value) panel.value = false;
  else if (event.target.matches("textarea, input, select")) {
    event.target.blur();
    typedAt = -STILL_TYPING_MS; // left on purpose
  }
  else if (page.value !== "tickets" || current.value) goBack();
}
