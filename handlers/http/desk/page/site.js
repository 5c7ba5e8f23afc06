// Where on a site a customer writes.

import { html } from "./html.js";
import { t } from "./texts.js";

// Only what is a page is made a link: a visitor's browser can be told to name anything else.
const isPage = (url) => /^https?:\/\//.test(url);

export function Site({ site }) {
  if (!site) return null;
  const { page_url: url, page_title: title, email } = site;
  return html`
    ${(url || title) && html`<dt>${t("site_page")}</dt><dd class="id">${isPage(url) ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${title || url}</a>` : title || url}</dd>`}
    ${email && html`<dt>${t("email")}</dt><dd class="id">${email}</dd>`}
  `;
}
