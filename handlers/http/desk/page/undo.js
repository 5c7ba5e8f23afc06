// What a verb has done, told with a way back for as long as that makes sense.

import { newKey, post } from "./api.js";
import { batch, signal } from "./html.js";
import { current, fail, listSoon, loadSubject } from "./state.js";
import { t } from "./texts.js";
import { tell } from "./toasts.js";

export const chosen = signal(new Set()); // numbers of tickets that are chosen in the list

async function again() {
  if (current.value) await loadSubject();
  listSoon();
}

export function tellOutcome({ words, entry, done = true }) {
  tell(words, done ? "good" : "bad", entry ? { words: t("undo"), does: () => takeBack([entry]) } : null);
}

export async function takeBack(entries) {
  try {
    const { outcomes } = await post("undo", { entries, key: newKey() });
    const failed = outcomes.filter((one) => !one.done);
    tell(failed.length ? failed[0].words : t("undone_n", { n: outcomes.length }), failed.length ? "bad" : "good");
    await again();
  } catch (error) {
    fail(error);
  }
}

// One verb for all that are chosen. What could not be done is told ticket by ticket, and stays chosen.
export async function actOnChosen(action, choice = null) {
  const tickets = [...chosen.value];
  try {
    const { outcomes } = await post("actions", { action, choice, tickets, key: newKey() });
    const [done, failed] = [outcomes.filter((one) => one.done), outcomes.filter((one) => !one.done)];
    const entries = done.map((one) => one.entry).filter(Boolean);
    batch(() => {
      chosen.value = new Set(failed.map((one) => one.ticket));
      if (done.length) tell(t("done_n", { n: done.length }), "good", entries.length ? { words: t("undo"), does: () => takeBack(entries) } : null);
      if (failed.length) tell(failed.map((one) => `#${one.ticket}: ${one.words}`).join("; "), "bad");
    });
    await again();
  } catch (error) {
    fail(error);
  }
}
