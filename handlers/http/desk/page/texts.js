// Words of the page in the reader's language. What codes mean (reasons, kinds of messages) the server says.

import { computed, signal } from "./html.js";

export const LANGUAGES = ["ru", "en"];
const files = {};
export const language = signal("en");
export const codes = signal({});

export async function loadTexts() {
  const loaded = LANGUAGES.map(async (one) => {
    files[one] = await (await fetch(`dashboard/texts/${one}.json`)).json();
  });
  await Promise.all(loaded);
  speak(remembered("desk.language") ?? navigator.language.slice(0, 2));
}

export function speak(code) {
  language.value = LANGUAGES.includes(code) ? code : "en";
  document.documentElement.lang = language.value;
}

const plurals = computed(() => new Intl.PluralRules(language.value));

export function t(key, values = {}) {
  let words = files[language.value]?.[key] ?? key;
  if (typeof words === "object") words = words[plurals.value.select(values.n)] ?? words.other;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// Whether there are words for something that a newer server may tell of.
export const has = (key) => key in files[language.value];

// What a code of the server's is called; the code itself where nobody has named it.
export const named = (section, code) => codes.value[section]?.[code] ?? code;

// A private window may forbid it: then a choice lasts as long as the page.
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    return;
  }
}
