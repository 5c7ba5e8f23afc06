// How a scenario stood after each change, who made it and when; any of them can be brought back into the form.

import { Difference } from "./diff.js";
import { get } from "./api.js";
import { html, signal } from "./html.js";
import { authorOf, fill, form, scenarioOf, sheet } from "./answers_state.js";
import { fail } from "./state.js";
import { t } from "./texts.js";
import { full } from "./times.js";

const shown = signal(null); // null: not read yet
const chosen = signal(null);
let wanted = null;

async function load(name, key) {
  shown.value = chosen.value = null;
  try {
    const { versions } = await get("answers/versions", { key });
    if (wanted === name) shown.value = versions;
  } catch (error) {
    fail(error);
  }
}

export function Versions({ scenario, mark }) {
  const [name, versions] = [`${scenario}/${mark}`, shown.value]; // read in any case, so that the page follows it
  if (wanted !== name) queueMicrotask(() => load((wanted = name), scenario));
  if (wanted !== name || !versions) return html`<p class="quiet" role="status">${t("loading")}</p>`;
  return html`<ol class="versions" data-testid="versions">${versions.map((one, at) => html`<${Version} key=${one.id} version=${one} before=${versions[at + 1]} newest=${at === 0} />`)}</ol>`;
}

function Version({ version, before, newest }) {
  const open = chosen.value === version.id;
  return html`<li>
    <button class="bare version" type="button" aria-expanded=${open} data-testid="version" onClick=${() => (chosen.value = open ? null : version.id)}>
      <b>${full(version.created_at)}</b> <span>${authorOf(version)}</span>${!version.scenario && html` <span class="chip">${t("version_removed")}</span>`}
    </button>
    ${open && html`<${Difference} before=${before?.scenario} after=${version.scenario} />
    ${version.scenario && !(newest && sheet.value) && html`<button class="button" type="button" data-testid="bring-back" onClick=${() => fill(version.scenario)}>${t("bring_back")}</button>`}`}
  </li>`;
}

// What saving would change.
export function Unsaved() {
  return html`<${Difference} before=${sheet.value?.scenario} after=${scenarioOf(form.value)} />`;
}
