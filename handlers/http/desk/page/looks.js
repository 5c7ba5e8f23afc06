// Light or dark: as the system has it, or as somebody has chosen in this browser. Telegram brings its own colours.

import { effect, signal } from "./html.js";
import { inTelegram } from "./telegram.js";
import { remember, remembered } from "./texts.js";

export const LOOKS = ["system", "light", "dark"];
export const look = signal(LOOKS.includes(remembered("desk.look")) ? remembered("desk.look") : "system");

export function choose(one) {
  look.value = one;
  remember("desk.look", one === "system" ? null : one);
}

effect(() => {
  if (inTelegram) return;
  if (look.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = look.value;
});
