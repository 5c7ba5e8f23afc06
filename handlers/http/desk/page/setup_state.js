// Where the set-up stands, as the server told last: the same dialog as in Telegram, begun there or here.

import { get, post, postFile, Refused } from "./api.js";
import { me, fail } from "./state.js";
import { signal } from "./html.js";
import { t } from "./texts.js";
import { tell } from "./toasts.js";

export const setup = signal(null); // null: not read yet; "failed"
export const busy = signal(false);
export const fault = signal(""); // what could not be done, in words

export async function loadSetup(score = false) {
  try {
    setup.value = await get("setup", { score: score || "" });
  } catch (error) {
    if (!setup.value) setup.value = "failed";
    fail(error);
  }
}


async function going(asked) {
  if (busy.value) return false;
  busy.value = true;
  fault.value = "";
  try {
    setup.value = await asked();
    me.value = { ...me.value, app: setup.value.service, invited: !setup.value.complete };
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 409) {
      tell(error.message, "bad");
      await loadSetup();
    } else if (error instanceof Refused) fault.value = error.message;
    else fail(error);
    return false;
  } finally {
    busy.value = false;
  }
}

export const step = (action, what = "") => going(() => post("setup", { action, what: String(what) }));
export const write = (into, text, more = {}) => going(() => post("setup/words", { into, text, ...more }));

export function sendSource(file) {
  if (file.size > 5_000_000) return (fault.value = t("setup_big"));
  return going(() => postFile("setup/file", file));
}
