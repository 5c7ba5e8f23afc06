// The menu: the pages of the desk, for whoever may open them. Where not all fit side by side, those that are seldom opened
// stand behind a button, and on a phone all of them do.

import { page, to } from "./address.js";
import { html } from "./html.js";
import { Menu } from "./menu.js";
import { me } from "./state.js";
import { t } from "./texts.js";

const ENTRIES = [
  { name: "tickets", place: "" },
  { name: "customers", place: "customers" },
  { name: "answers", place: "answers", admin: true },
  { name: "unanswered", place: "unanswered" },
  { name: "reports", place: "reports" },
  { name: "setup", place: "setup", admin: true, seldom: true },
  { name: "labels", place: "labels", admin: true, seldom: true },
  { name: "health", place: "health", admin: true, seldom: true },
  { name: "audit", place: "audit", admin: true, seldom: true },
  { name: "access", place: "access", admin: true, seldom: true },
];

const offered = () => ENTRIES.filter(({ admin }) => !admin || me.value.role === "admin");
const choices = (entries) => entries.map(({ name, place }) => ({ key: name, words: t(`page_${name}`), does: () => to(place) }));

export function Nav() {
  const [all, seldom] = [offered(), offered().filter((one) => one.seldom)];
  const inside = seldom.some(({ name }) => name === page.value);
  return html`<nav class="pages" aria-label=${t("pages")}>
      ${all.map(
        ({ name, place, seldom }) =>
          html`<a key=${name} class=${seldom ? "seldom" : ""} href=${`#${place}`} data-testid=${`page-${name}`} aria-current=${page.value === name ? "page" : undefined}>${t(`page_${name}`)}</a>`,
      )}
      ${seldom.length > 0 && html`<div class=${`pages-more ${inside ? "inside" : ""}`}><${Menu} name="more-pages" label=${t(inside ? `page_${page.value}` : "page_more")} items=${choices(seldom)} /></div>`}
    </nav>
    <div class="pages-menu"><${Menu} name="pages" label=${t(`page_${page.value}`)} items=${choices(all)} /></div>`;
}
