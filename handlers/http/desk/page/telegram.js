// Inside Telegram: what its client hands to the page stands behind the `#`, and what it tells later comes as events, so no
// script of another host is needed. Their names and forms are those that Telegram documents for Mini Apps.

import { effect } from "./html.js";

const TELEGRAM = /^https:\/\/([a-z0-9-]+\.)?web\.telegram\.org$/;
const KEPT = "desk.telegram"; // in the session storage: whoever reloads the page is still inside Telegram

const fresh = new URLSearchParams(location.hash.slice(1)).has("tgWebAppData");
const handed = told();
const data = handed.get("tgWebAppData");
// `fresh`: it was just opened, and not reloaded; `start`: where a link into it led.
export const inTelegram = data ? { data, fresh, start: fresh ? new URLSearchParams(data).get("start_param") : null } : null;

const COLORS = {
  bg_color: "--bg",
  secondary_bg_color: "--bg-2",
  text_color: "--text",
  hint_color: "--quiet",
  button_color: "--accent",
  button_text_color: "--on-accent",
};
const SIDES = ["top", "right", "bottom", "left"];
const insets = { device: {}, content: {} };
const style = document.documentElement.style;

const HEARD = {
  theme_changed: ({ theme_params }) => wear(theme_params),
  viewport_changed: ({ height, is_state_stable }) => is_state_stable && height > 0 && style.setProperty("--height", `${height}px`),
  safe_area_changed: (found) => keepClear("device", found),
  content_safe_area_changed: (found) => keepClear("content", found),
  back_button_pressed: () => goBack(),
};
let goBack = () => {};

function told() {
  const now = location.hash.slice(1);
  try {
    if (fresh) sessionStorage.setItem(KEPT, now);
    return new URLSearchParams(fresh ? now : (sessionStorage.getItem(KEPT) ?? ""));
  } catch {
    return new URLSearchParams(now); // a window that keeps nothing
  }
}

// `away`: whether there is something to go back to, and `back`: how.
export function telegramLooks(away, back) {
  if (!inTelegram) return;
  if (fresh) history.replaceState(null, "", location.pathname + location.search);
  document.body.classList.add("telegram");
  goBack = back;
  listen();
  try {
    wear(JSON.parse(handed.get("tgWebAppThemeParams") ?? "{}"));
  } catch {
    // without colours it looks as it does in a browser
  }
  post("web_app_ready", {});
  post("web_app_expand", {});
  for (const what of ["theme", "viewport", "safe_area", "content_safe_area"]) post(`web_app_request_${what}`, {});
  effect(() => post("web_app_setup_back_button", { is_visible: away() }));
}

// Clients on phones and desktops call a function of the page; the one in a browser sends a message to its frame.
function listen() {
  const hear = (name, found) => HEARD[name]?.(found ?? {});
  const view = ((window.Telegram ??= {}).WebView ??= {});
  view.receiveEvent = hear;
  window.TelegramGameProxy_receiveEvent = hear;
  window.TelegramGameProxy = { receiveEvent: hear };
  addEventListener("message", (event) => {
    if (event.source !== window.parent || !TELEGRAM.test(event.origin) || typeof event.data !== "string") return;
    try {
      const { eventType, eventData } = JSON.parse(event.data);
      hear(eventType, eventData);
    } catch {
      // not one of Telegram's
    }
  });
}

function wear(colors = {}) {
  for (const [theirs, ours] of Object.entries(COLORS))
    if (/^#[0-9a-f]{6}$/i.test(colors[theirs] ?? "")) style.setProperty(ours, colors[theirs]);
  if (colors.bg_color) document.documentElement.dataset.theme = bright(colors.bg_color) ? "light" : "dark";
}

// What the device covers (a notch, a bar to swipe) and what Telegram's own buttons cover add up.
function keepClear(whose, found) {
  insets[whose] = found;
  for (const side of SIDES) {
    const covered = [insets.device[side], insets.content[side]].reduce((sum, one) => sum + (one > 0 ? one : 0), 0);
    style.setProperty(`--safe-${side}`, `max(env(safe-area-inset-${side}, 0px), ${covered}px)`);
  }
}

const bright = (color) => parseInt(color.slice(1, 3), 16) * 0.3 + parseInt(color.slice(3, 5), 16) * 0.6 + parseInt(color.slice(5, 7), 16) * 0.1 > 128;

function post(eventType, eventData) {
  window.TelegramWebviewProxy?.postEvent(eventType, JSON.stringify(eventData));
  if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType, eventData }), "https://web.telegram.org");
}
