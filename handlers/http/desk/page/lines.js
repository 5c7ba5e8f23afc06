// What can be done about single lines: answered, changed, taken back, sent once more.

import { newKey, post, put } from "./api.js";
import { signal } from "./html.js";
import { fail, loadSubject } from "./state.js";
import { tell } from "./toasts.js";

// The line that is being answered or changed: { action: "answer" | "change", line }.
export const about = signal(null);

export function take(action, line) {
  about.value = { action, line };
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
}

async function act(ask) {
  try {
    const { words } = await ask();
    tell(words);
    await loadSubject();
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

// Sends a line once more that has not arrived.
export const deliver = (line) => act(() => post(`lines/${line.id}/again`, { key: newKey() }));
export const takeBack = (line) => act(() => post(`lines/${line.id}/take-back`, { key: newKey() }));
export const react = async (line, sign) => {
  try {
    await put(`lines/${line.id}/reaction`, { sign, key: newKey() });
    await loadSubject();
  } catch (error) {
    fail(error);
  }
};
export const reword = (line, words) => act(() => put(`lines/${line.id}`, { ...words, key: newKey() }));
