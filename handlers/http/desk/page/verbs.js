// What the verbs let choose, as entries of a menu: the same for one ticket, for several, for a customer.

import { PRIORITIES } from "./narrowing.js";
import { named } from "./texts.js";

const entries = (deed, codes, section, does, more = () => ({})) =>
  codes.map((one) => ({ key: one, words: named(section, one), does: () => does(deed, one), ...more(one) }));

export const hands = (colleagues, does) => colleagues.map((one) => ({ key: one.id, words: one.name, does: () => does("hand", String(one.id)) }));
export const priorities = (does) => entries("priority", PRIORITIES, "priority_name", does, (one) => ({ mark: one }));
export const snoozes = (does) => entries("snooze", ["hour", "hours", "morning", "reply"], "snooze", does);
export const endings = (does) => entries("close", ["solved", "silent", "spam"], "ending", does, (one) => ({ bad: one === "spam" }));
export const bans = (does) => entries("ban", ["silent", "told"], "ban", does, () => ({ bad: true }));
