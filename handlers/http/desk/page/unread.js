// What stands in place of something that could not be read.

import { html } from "./html.js";
import { t } from "./texts.js";

export const Unread = ({ load }) => html`<p class="empty" role="alert">${t("page_failed")} <button class="button" type="button" onClick=${load}>${t("again")}</button></p>`;
