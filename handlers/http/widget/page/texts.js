// What the page says of itself, and in which words: attributes of its script, and its language.

const SCRIPT = document.currentScript;
const OPTIONS = { ...(SCRIPT?.dataset ?? {}) };
const BASE = new URL("api/widget/", SCRIPT?.src || location.href).href;
const wished = () => (OPTIONS.language || document.documentElement.lang || navigator.language || "").toLowerCase();
const LANGUAGE = Object.keys(TEXTS).find((code) => wished().startsWith(code)) ?? "en";

function t(key, values = {}) {
  return TEXTS[LANGUAGE][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
