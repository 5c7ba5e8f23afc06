// Inside Telegram: what its client hands to the page stands behind the `#`, so no script of another host is needed.

const handed = new URLSearchParams(location.hash.slice(1));
const data = handed.get("tgWebAppData");
export const inTelegram = data ? { data, start: new URLSearchParams(data).get("start_param") } : null;
const looks = handed.get("tgWebAppThemeParams");

const COLORS = {
  bg_color: "--bg",
  secondary_bg_color: "--bg-2",
  text_color: "--text",
  hint_color: "--quiet",
  button_color: "--accent",
  button_text_color: "--on-accent",
};

export function telegramLooks() {
  if (!inTelegram) return;
  history.replaceState(null, "", location.pathname + location.search);
  document.body.classList.add("telegram");
  try {
    wear(JSON.parse(looks ?? "{}"));
  } catch {
    // without colours it looks as it does in a browser
  }
  post("web_app_ready", {});
  post("web_app_expand", {});
}

function wear(colors) {
  const root = document.documentElement;
  for (const [theirs, ours] of Object.entries(COLORS))
    if (/^#[0-9a-f]{6}$/i.test(colors[theirs] ?? "")) root.style.setProperty(ours, colors[theirs]);
  if (colors.bg_color) root.dataset.theme = bright(colors.bg_color) ? "light" : "dark";
}

const bright = (color) => parseInt(color.slice(1, 3), 16) * 0.3 + parseInt(color.slice(3, 5), 16) * 0.6 + parseInt(color.slice(5, 7), 16) * 0.1 > 128;

function post(eventType, eventData) {
  window.TelegramWebviewProxy?.postEvent(eventType, JSON.stringify(eventData));
  if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType, eventData }), "https://web.telegram.org");
}
