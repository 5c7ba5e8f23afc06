// Words of the page, in the language the reader chose. Both files are loaded: customers have languages of their own.

const LANGUAGES = ["en", "ru"];
const files = {};
let language = "en";

export async function loadTexts() {
  await Promise.all(
    LANGUAGES.map(async (code) => {
      files[code] = await (await fetch(`/page/texts/${code}.json`)).json();
    }),
  );
  const wished = remembered() ?? navigator.language.slice(0, 2);
  language = LANGUAGES.includes(wished) ? wished : "en";
}

export function t(key, values = {}) {
  const words = files[language][key] ?? key;
  return typeof words === "string" ? words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "") : words;
}

// The words of a key that may not be there: what others name has no end.
export const known = (key, otherwise) => files[language][key] ?? otherwise;

export function samplesIn(code) {
  return (files[code] ?? files[language]).samples;
}

export const currentLanguage = () => language;

export function setLanguage(code) {
  language = code;
  try {
    localStorage.setItem("playground.language", code);
  } catch {
    // a private window may forbid it: then the choice lasts as long as the page
  }
}

function remembered() {
  try {
    return localStorage.getItem("playground.language");
  } catch {
    return null;
  }
}

export function translatePage() {
  document.documentElement.lang = language;
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]"))
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  for (const button of document.querySelectorAll("[data-lang]"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === language));
}

export function time(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date().toDateString()) return t("today");
  return date.toLocaleDateString(language, { day: "numeric", month: "long" });
}

export function moment(seconds) {
  return new Date(seconds * 1000).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

export function size(bytes) {
  if (bytes < 1024) return t("bytes", { n: bytes });
  if (bytes < 1024 ** 2) return t("kilobytes", { n: (bytes / 1024).toFixed(0) });
  return t("megabytes", { n: (bytes / 1024 ** 2).toFixed(1) });
}
