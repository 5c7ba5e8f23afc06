// What can be done about single lines.

import { newKey, post } from "./api.js";
import { fail, loadSubject } from "./state.js";
import { tell } from "./toasts.js";

// Sends a line once more that has not arrived.
export async function deliver(line) {
  try {
    const { words } = await post(`lines/${line.id}/again`, { key: newKey() });
    tell(words);
    await loadSubject();
  } catch (error) {
    fail(error);
  }
}
