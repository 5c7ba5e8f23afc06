// Files for the customer: chosen, dropped or pasted, shown before they go, and on their way with a bar that can be stopped.

import { newKey, sendFile } from "./api.js";
import { html, Icon, signal } from "./html.js";
import { current, fail, loadSubject } from "./state.js";
import { t } from "./texts.js";
import { size } from "./times.js";
import { tell } from "./toasts.js";

const MOST = 20 * 1024 * 1024;
const MOST_FILES = 10;
export const CAPTION = 900;
const staged = signal([]); // { ticket, file, key, share, stop }
export const files = () => staged.value.filter((one) => one.ticket === current.value);

export function stage(list) {
  const fit = [...list].filter((file) => {
    if (!file.size) tell(t("file_empty", { name: file.name }), "bad");
    else if (file.size > MOST) tell(t("file_over", { name: file.name }), "bad");
    return file.size > 0 && file.size <= MOST;
  });
  if (files().length + fit.length > MOST_FILES) return tell(t("files_most", { n: MOST_FILES }), "bad");
  const made = fit.map((file) => ({ ticket: current.value, file, key: newKey(), share: null }));
  staged.value = [...staged.value, ...made];
}

function drop(one) {
  one.stop?.();
  staged.value = staged.value.filter((other) => other !== one);
}

function move(one, share) {
  one.share = share;
  staged.value = [...staged.value];
}

// What Telegram shows as a picture: it puts nothing else into an album beside them.
const isPicture = (file) => /^image\/(jpeg|png|webp)$/.test(file.type) && file.size <= 10 * 1024 * 1024;

// Several files of one kind are one album. Sends what is staged, one after another; the words go under the first, and it answers the line that is answered. Returns whether all of it is there.
export async function sendAll(ticket, words, answers = null) {
  let under = words;
  let about = answers;
  const all = staged.value.filter((other) => other.ticket === ticket);
  const album = all.length > 1 && new Set(all.map((one) => isPicture(one.file))).size === 1 ? { album: newKey(), parts: all.length } : null;
  for (const [part, one] of all.entries()) {
    try {
      move(one, 0);
      const going = sendFile(ticket, one.file, { key: one.key, text: under.text, entities: JSON.stringify(under.entities), ...(about && { answers: about }), ...(album && { ...album, part }) }, (share) => move(one, share));
      one.stop = going.stop;
      await going.done;
      under = { text: "", entities: [] };
      about = null;
      staged.value = staged.value.filter((other) => other !== one);
    } catch (error) {
      if (error.name === "AbortError") return false;
      move(one, null);
      fail(error);
      return false;
    }
  }
  await loadSubject();
  return true;
}

export function Staged() {
  const all = files();
  if (!all.length) return null;
  return html`<ul class="staged" data-testid="staged">${all.map((one) => html`<li key=${one.key}>
    <${Icon} name="file" /><span><b>${one.file.name}</b> <small>${size(one.file.size)}</small>
      ${one.share !== null && html`<progress value=${one.share} max="1" aria-label=${t("uploading", { name: one.file.name })}></progress>`}</span>
    <button class="bare" type="button" aria-label=${t("file_off", { name: one.file.name })} title=${t("file_off", { name: one.file.name })} onClick=${() => drop(one)}><${Icon} name="close" /></button>
  </li>`)}</ul>`;
}

export function Attach() {
  return html`<label class="attach" title=${t("attach")}><input class="hidden" type="file" multiple data-testid="attach" aria-label=${t("attach")} onChange=${(event) => (stage(event.target.files), (event.target.value = ""))} /><${Icon} name="clip" /></label>`;
}

// Files of what is pasted or dropped; text that comes with them (from a table, say) is what was meant.
export const filesIn = (data) => (data?.types?.includes("text/plain") ? [] : [...(data?.files ?? [])]);
