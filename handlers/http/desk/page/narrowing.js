// Which tickets the list shows: a part of them, filters, words. All of it stands in the address, so that a view can be
// sent to a colleague and survives a reload.

import { page, read } from "./address.js";
import { batch, signal } from "./html.js";

export const VIEWS = ["waiting", "mine", "open", "snoozed", "closed"];
export const PRIORITIES = ["critical", "high", "medium", "low"];
export const CHANNELS = ["telegram", "business", "direct", "api", "web"];
export const ANY = { priority: "", channel: "", scenario: "", operator: "", place: "" };

export const view = signal("waiting");
export const filters = signal(ANY);
export const words = signal(""); // what is looked for

const FITS = {
  priority: (one) => PRIORITIES.includes(one),
  channel: (one) => CHANNELS.includes(one),
  scenario: (one) => /^[A-Z0-9_]{1,80}$/.test(one),
  operator: (one) => /^-?\d{1,18}$/.test(one),
  place: (one) => /^-?\d{1,16}\.\d{1,16}$/.test(one),
};

export const narrowed = () => Object.values(filters.value).some(Boolean);

// Takes what a link asks for; a part of it that makes no sense is left out. Returns whether anything is new.
export function narrowBy(query) {
  const before = written();
  const asked = Object.entries(FITS).map(([name, fits]) => [name, fits(query.get(name) ?? "") ? query.get(name) : ""]);
  batch(() => {
    view.value = VIEWS.includes(query.get("view")) ? query.get("view") : "waiting";
    filters.value = Object.fromEntries(asked);
    words.value = (query.get("words") ?? "").slice(0, 200);
  });
  return written() !== before;
}

export function written() {
  const told = Object.entries({ view: view.value === "waiting" ? "" : view.value, ...filters.value, words: words.value });
  return new URLSearchParams(told.filter(([, value]) => value)).toString();
}

// Keeps the address as it is, but for what narrows the list.
export function keepInAddress() {
  const query = written();
  if (page.value !== "tickets" || location.hash.startsWith("#enter=")) return;
  const place = location.hash.replace(/^#/, "").split("?", 1)[0];
  const wanted = query || place ? `#${place}${query && `?${query}`}` : "";
  if (location.hash !== wanted) history.replaceState(null, "", location.pathname + location.search + wanted);
}

// Called when the address has changed: a link without a query leaves the list as it is.
export function followAddress() {
  const { query } = read();
  return query !== null && narrowBy(query);
}
