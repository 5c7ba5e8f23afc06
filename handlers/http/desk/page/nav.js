// The menu: the pages of the desk, for whoever may open them.

import { page, to } from "./address.js";
import { html } from "./html.js";
import { Menu } from "./menu.js";
import { me } from "./state.js";
import { t } from "./texts.js";

const ENTRIES = [
  { name: "tickets", place: "" },
  { name: "customers", place: "customers" },
  { name: "answers", place: "answers", admin: true },
  { name: "setup", place: "setup", admin: true },
  { name: "unanswered", place: "unanswered" },
  { name: "labels", place: "labels", admin: true },
  { name: "reports", place: "reports" },
  { name: "health", place: "health", admin: true },
  { name: "audit", place: "audit", admin: true },
  { name: "access", place: "access", admin: true },
];

const offered = () => ENTRIES.filter(({ admin }) => !admin || me.value.role === "admin");

export function Nav() {
  return html`<nav class="pages" aria-label=${t("pages")}>
      ${offered().map(
        ({ name, place }) =>
          html`<a key=${name} href=${`#${place}`} data-testid=${`page-${name}`} aria-current=${page.value === name ? "page" : undefined}>${t(`page_${name}`)}</a>`,
      )}
    </nav>
    <div class="pages-menu">
      <${Menu}
        name="pages"
        label=${t(`page_${page.value}`)}
        items=${offered().map(({ name, place }) => ({ key: name, words: t(`page_${name}`), does: () => to(place) }))}
      />
    </div>`;
}
