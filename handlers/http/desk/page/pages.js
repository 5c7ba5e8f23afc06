// The pages beside the tickets. Each is a file of its own, with `Page` in it, that is loaded when somebody first goes there.

import { address } from "./address.js";
import { computed, signal } from "./html.js";
import { me } from "./state.js";

export const TICKETS = "tickets";
const PAGES = [
  { name: TICKETS },
  { name: "access", adminsOnly: true, load: () => import("./access.js") },
];

export const pages = computed(() => PAGES.filter((one) => !one.adminsOnly || me.value?.role === "admin"));

// Which page the address names. A ticket, and whatever is unknown or not for this person, is the tickets.
export const page = computed(() => pages.value.find((one) => one.name === address.value.name) ?? PAGES[0]);

const loaded = signal({});

// What draws a page; null while it is loaded, "failed" where that did not work.
export function drawn() {
  const { name, load } = page.value;
  if (!(name in loaded.value)) bring(name, load);
  return loaded.value[name];
}

export async function bring(name, load) {
  loaded.value[name] = null; // without a redraw: it is being drawn just now
  let Page = "failed";
  try {
    ({ Page } = await load());
  } catch {
    // there is no line: the page says so and offers to try again
  }
  loaded.value = { ...loaded.value, [name]: Page };
}

export const again = () => (loaded.value = Object.fromEntries(Object.entries(loaded.value).filter(([, Page]) => Page !== "failed")));
