// Moments and spans, by the server's clock: a wrong clock of the reader's must not make anybody wait for hours.

import { signal } from "./html.js";
import { language, t } from "./texts.js";

const TICK_MS = 15_000;
let ahead = 0;
export const now = signal(Date.now());

setInterval(() => (now.value = Date.now() + ahead), TICK_MS);

export function setClock(moment) {
  ahead = Date.parse(moment) - Date.now();
  now.value = Date.now() + ahead;
}

export function span(moment) {
  const minutes = Math.max(0, Math.floor((now.value - Date.parse(moment)) / 60_000));
  if (minutes < 1) return t("just_now");
  if (minutes < 60) return t("minutes", { n: minutes });
  if (minutes < 48 * 60) return t("hours", { n: Math.floor(minutes / 60) });
  return t("days", { n: Math.floor(minutes / 1440) });
}

export function clock(moment) {
  return new Date(moment).toLocaleTimeString(language.value, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export const dayOf = (moment) => new Date(moment).toDateString();

export function day(moment) {
  const date = new Date(moment);
  if (date.toDateString() === new Date(now.value).toDateString()) return t("today");
  if (date.toDateString() === new Date(now.value - 86_400_000).toDateString()) return t("yesterday");
  const year = date.getFullYear() === new Date(now.value).getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(language.value, { day: "numeric", month: "long", year });
}

// A moment with its zone: colleagues, cards in the group and this page may stand in different ones.
export const full = (moment) =>
  new Date(moment).toLocaleString(language.value, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });

// The reader's zone by its name.
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

// How long a recording is.
export const length = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export function size(bytes) {
  const mega = bytes >= 1024 * 1024;
  const number = (bytes / 1024 / (mega ? 1024 : 1)).toLocaleString(language.value, { maximumFractionDigits: mega ? 1 : 0 });
  return t(mega ? "megabytes" : "kilobytes", { n: bytes < 1024 ? 1 : number });
}
