// What the menus of verbs offer: beside a ticket, for several tickets at once, and for a customer.

import { PRIORITIES } from "./narrowing.js";
import { named, t } from "./texts.js";
import { askUntil } from "./until.js";

// Each takes what is to be done with the key that somebody has chosen.
const items = (section, keys, more) => (does) => keys.map((key) => ({ key, words: named(section, key), does: () => does(key), ...more?.(key) }));

export const priorities = items("priority_name", PRIORITIES, (key) => ({ mark: key }));
const spans = items("snooze", ["hour", "hours", "morning", "reply"]);
export const snoozes = (does) => [...spans(does), { key: "until", words: t("snooze_until"), does: () => askUntil(does) }];
export const endings = items("ending", ["solved", "silent", "spam"], (key) => ({ bad: key === "spam" }));
export const bans = items("ban", ["silent", "told"], () => ({ bad: true }));
