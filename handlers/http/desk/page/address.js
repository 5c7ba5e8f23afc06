// What stands behind the `#`: the name of a page or a ticket, and what is chosen there: `#t12`, `#reports?span=30d`.

import { signal } from "./html.js";

export const address = signal(read());

// It is read again where it has changed; what the page writes there by itself tells nobody.
export const look = () => (address.value = read());

addEventListener("hashchange", look);

function read() {
  const [name, query = ""] = location.hash.slice(1).split(/\?(.*)/s, 2);
  return { name, query: Object.fromEntries(new URLSearchParams(query)) };
}

export function link(name, query = {}) {
  const chosen = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== ""));
  return chosen.size ? `#${name}?${chosen}` : `#${name}`;
}

// Choosing something on a page is no step that one would go back by.
export function choose(query) {
  history.replaceState(null, "", link(address.value.name, { ...address.value.query, ...query }));
  look();
}
