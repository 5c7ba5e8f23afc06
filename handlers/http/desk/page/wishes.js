// What somebody wants to be told by, a sound or a notification of the browser: kept in this browser, for each person.

import { signal } from "./html.js";
import { remember, remembered } from "./texts.js";

export const WISHES = ["sound", "notify"];
const turned = signal(0);

const key = (what, who) => `desk.${what}.${who}`;

export const wished = (what, who) => turned.value >= 0 && remembered(key(what, who)) === "on";

export function wish(what, who, on) {
  remember(key(what, who), on ? "on" : null);
  turned.value += 1;
  if (on && what === "notify" && "Notification" in window && Notification.permission === "default") Notification.requestPermission();
}

// Whether the browser lets nobody notify: then a box alone would promise what does not come.
export const refused = () => !("Notification" in window) || Notification.permission === "denied";
