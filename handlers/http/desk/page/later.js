// Pages whose files are loaded when somebody first goes there: the list of tickets does not wait for them.

import { pages } from "./address.js";
import { html, signal } from "./html.js";
import { t } from "./texts.js";

const LATER = {
  reports: () => import("./reports.js"),
  health: () => import("./health.js"),
  audit: () => import("./audit.js"),
  access: () => import("./access.js"),
  answers: () => import("./answers.js"),
  setup: () => import("./setup.js"),
  unanswered: () => import("./unanswered.js"),
  labels: () => import("./labels.js"),
};

const states = signal({}); // by name: "loading", "failed", or what draws the page

async function load(name) {
  states.value = { ...states.value, [name]: "loading" };
  const Page = await LATER[name]().then((file) => file.Page, () => "failed");
  states.value = { ...states.value, [name]: Page };
}

function drawn(name) {
  const Page = states.value[name];
  if (typeof Page === "function") return html`<${Page} />`;
  if (Page === "failed") return html`<p class="sheet" role="alert">${t("page_failed")} <button class="button" type="button" onClick=${() => load(name)}>${t("again")}</button></p>`;
  if (!Page) queueMicrotask(() => load(name)); // not while it is being drawn
  return html`<p class="sheet quiet" role="status">${t("loading")}</p>`;
}

for (const name of Object.keys(LATER)) pages.set(name, () => drawn(name));
