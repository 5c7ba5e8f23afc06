// What comes up and goes away: toasts, alerts, menus, a picture in full.

import { h, icon } from "./dom.js";
import { t } from "./texts.js";

const TOAST_MS = 4000;

export function toast(words, kind = "info", host = document.getElementById("toasts")) {
  const element = h("div", { class: `toast ${kind}`, test: "toast" }, words);
  host.append(element);
  setTimeout(() => {
    element.classList.add("gone");
    setTimeout(() => element.remove(), 300);
  }, TOAST_MS);
}

export function dialog(props, ...children) {
  const element = h("dialog", { class: "dialog", ...props }, ...children);
  element.addEventListener("close", () => element.remove());
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  document.body.append(element);
  element.showModal();
  return element;
}

export function alertBox(words) {
  const ok = h("button", { class: "primary", type: "button", test: "alert-ok" }, t("ok"));
  const box = dialog({ test: "alert", class: "dialog alert" }, h("p", {}, words), ok);
  ok.addEventListener("click", () => box.close());
  ok.focus();
}

export function lightbox(source, words) {
  const picture = h("img", { src: source, alt: words || t("photo") });
  const button = h("button", { class: "round", type: "button", "aria-label": t("close") }, icon("close"));
  const box = dialog({ class: "lightbox" }, picture, words ? h("p", {}, words) : null, button);
  button.addEventListener("click", () => box.close());
  picture.addEventListener("click", () => box.close());
}

// A menu beside `anchor`. Items: {label, icon, test, run, danger} or {row: [elements]}.
export function openMenu(anchor, items, label) {
  document.querySelector(".menu")?.remove();
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label, test: "menu" });
  menu.append(...items.map((item) => (item.row ? h("div", { class: "menu-row" }, item.row(menu)) : entry(menu, item))));
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      menu.remove();
      anchor.setAttribute("aria-expanded", "false");
    }
  });
  menu.addEventListener("keydown", (event) => move(menu, event));
  document.body.append(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  settle(menu, anchor);
  menu.querySelector("button")?.focus({ focusVisible: false });
}

function entry(menu, item) {
  const props = { type: "button", role: "menuitem", test: item.test, class: item.danger ? "danger" : "" };
  const button = h("button", props, item.icon ? icon(item.icon) : null, h("span", {}, item.label));
  if (item.more) button.append(h("small", {}, item.more));
  button.addEventListener("click", () => {
    menu.hidePopover();
    item.run();
  });
  return button;
}

function move(menu, event) {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...menu.querySelectorAll("button")];
  buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length)?.focus();
}

function settle(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const gap = 6;
  const below = at.bottom + gap + box.height < innerHeight;
  const left = Math.min(Math.max(gap, at.left + at.width / 2 - box.width / 2), innerWidth - box.width - gap);
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(gap, below ? at.bottom + gap : at.top - box.height - gap)}px`;
}
