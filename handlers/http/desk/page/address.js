// What the address says: `#t12` is a ticket beside the list, `#t12/345` a line of it, `#customers/5` another page and whom it is about. What
// follows a `?` narrows the list; a link without it leaves the list as it is.

import { signal } from "./html.js";

export const page = signal("tickets");
export const about = signal(null); // what stands behind the page's name
export const pages = new Map(); // by name: what draws each

export function read(hash = location.hash) {
  const [place, query] = hash.replace(/^#/, "").split("?", 2);
  const [name, rest = null] = place.split("/", 2);
  const [, ticket, line] = place.match(/^t(\d{1,18})(?:\/(\d{1,18}))?$/) ?? [];
  return {
    page: pages.has(name) ? name : "tickets",
    about: rest,
    ticket: ticket ? Number(ticket) : null,
    line: line ? Number(line) : null,
    query: query === undefined ? null : new URLSearchParams(query),
  };
}

export const to = (place) => (location.hash = `#${place}`);

// One step up: from one of them to all, from a page or a ticket to the list.
export const goBack = () => to(page.value !== "tickets" && about.value ? page.value : "");
