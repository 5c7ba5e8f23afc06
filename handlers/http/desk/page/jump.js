// Goes to one line of a conversation: what stands above what is loaded is loaded first.

import { get } from "./api.js";
import { current, fail, subject, talk } from "./state.js";
import { t } from "./texts.js";
import { tell } from "./toasts.js";

const AT_ONCE = 200;
const PAGES = 50;
const PAUSE_MS = 50;
const TIMEOUT_MS = 15_000;
const SHOWN_MS = 2500;

export async function jumpTo(ticket, line) {
  for (let waited = 0; talk.value.state === "loading" || !subject.value; waited += PAUSE_MS) {
    if (current.value !== ticket || waited > TIMEOUT_MS) return;
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
  try {
    await loadUntil(line);
  } catch (error) {
    return fail(error);
  }
  if (current.value === ticket) requestAnimationFrame(() => show(line));
}

async function loadUntil(line) {
  const customer = subject.value.customer.id;
  for (let n = 0; n < PAGES; n++) {
    const { lines, more } = talk.value;
    if (!more || lines[0].id <= line) return;
    const page = await get(`customers/${customer}/lines`, { limit: AT_ONCE, before: lines[0].id });
    if (customer !== subject.value?.customer.id) return;
    talk.value = { lines: [...page.lines, ...talk.value.lines], more: page.more, state: "ready" };
  }
}

// Pictures of an album stand as one under the first of them.
function show(line) {
  const known = talk.value.lines.findLast((one) => one.id <= line && document.getElementById(`line-${one.id}`));
  const place = known && document.getElementById(`line-${known.id}`);
  if (!place) return tell(t("line_not_there"), "bad");
  place.scrollIntoView({ block: "center" });
  place.classList.add("found");
  setTimeout(() => place.classList.remove("found"), SHOWN_MS);
}
