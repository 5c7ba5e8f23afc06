// From page to page: links in a row, on a narrow window a menu.

import { link } from "./address.js";
import { html, Icon } from "./html.js";
import { Menu, toggle } from "./menu.js";
import { page, pages, TICKETS } from "./pages.js";
import { t } from "./texts.js";

const hrefOf = (name) => link(name === TICKETS ? "" : name);

export function Navigation() {
  if (pages.value.length < 2) return null;
  return html`<nav class="places" aria-label=${t("pages")}>
    <div class="wide-only">
      ${pages.value.map(
        ({ name }) => html`<a key=${name} href=${hrefOf(name)} aria-current=${page.value.name === name ? "page" : undefined} data-testid=${`page-${name}`}>${t(`page_${name}`)}</a>`,
      )}
    </div>
    <div class="narrow-only">
      <${Menu}
        name="pages"
        label=${t(`page_${page.value.name}`)}
        items=${pages.value.map(({ name }) => ({ key: name, words: t(`page_${name}`), does: () => (location.hash = hrefOf(name)) }))}
      />
    </div>
  </nav>`;
}

// By the keyboard: into the row, or open the menu.
export function goByKeys() {
  const link = document.querySelector(".places [aria-current]");
  if (link?.offsetParent) link.focus();
  else toggle("pages");
}
