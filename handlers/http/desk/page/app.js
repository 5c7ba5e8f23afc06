// Starts the page: words, who is there, the three columns, the keys.

import { about, goBack, page, pages, read } from "./address.js";
import { get, identify, post, Refused } from "./api.js";
import "./customers.js";
import "./later.js";
import { Conversation } from "./conversation.js";
import { Customer } from "./customer.js";
import { Dialogs, Header } from "./header.js";
import { batch, html, mount, effect, untracked } from "./html.js";
import { Inbox } from "./inbox.js";
import { jumpTo } from "./jump.js";
import { listen } from "./keys.js";
import { followAddress, keepInAddress } from "./narrowing.js";
import { watch } from "./news.js";
import { watchWords } from "./search.js";
import { tellOutcome } from "./undo.js";
import { current, enter, gate, loadList, open, outcome, refusal } from "./state.js";
import { inTelegram, telegramLooks } from "./telegram.js";
import { loadTexts, t } from "./texts.js";
import { Toasts } from "./toasts.js";
import { Viewer } from "./viewer.js";

const AGAIN_MS = 2000;

function App() {
  if (gate.value === "opening") return html`<main class="gate"><p class="quiet" role="status">${t("opening")}</p></main>`;
  if (gate.value === "closed") return html`<main class="gate" data-testid="gate">
    <img src="dashboard/icon.svg" alt="" width="56" height="56" />
    <h1>${t("title")}</h1>
    ${refusal.value && html`<p class="warning" role="alert">${refusal.value}</p>`}
    <p>${t("gate")}</p>
    <p class="quiet">${t("gate_more")}</p>
    <button class="button" type="button" onClick=${begin}>${t("again")}</button>
  </main>`;
  const Page = pages.get(page.value);
  return html`<div class="desk ${current.value ? "reading" : ""}">
    <${Header} />
    ${Page ? html`<main class="whole"><${Page} /></main>` : html`<main class="columns"><${Inbox} /><${Conversation} /><${Customer} /></main>`}
    <${Dialogs} />
    <${Viewer} />
    <${Toasts} />
  </div>`;
}

// A link from the bot is used up and taken out of the address at once, so that nobody finds it in the history.
async function begin() {
  refusal.value = "";
  const link = location.hash.match(/^#enter=([\w-]+)$/)?.[1];
  if (link) history.replaceState(null, "", location.pathname + location.search);
  try {
    if (link) await post("sign-in/link", { link });
    else if (inTelegram && !(await stillIn())) identify({ bearer: (await post("sign-in/telegram", { init_data: inTelegram.data })).session });
  } catch (error) {
    if (!(error instanceof Refused)) return setTimeout(begin, AGAIN_MS);
    refusal.value = t(link ? "link_over" : "telegram_refused");
  }
  try {
    await enter();
  } catch {
    return setTimeout(begin, AGAIN_MS);
  }
  if (gate.value === "open") go();
}

// Whoever reloads the page inside Telegram goes on in the session that there is, where the client keeps cookies.
const stillIn = () => !inTelegram.fresh && get("me").then(() => true, () => false);

// So do the buttons of the browser, and links on cards.
function go() {
  const wanted = read();
  batch(() => {
    page.value = wanted.page;
    about.value = wanted.about;
  });
  if (wanted.page !== "tickets") return;
  if (followAddress()) loadList();
  keepInAddress();
  open(wanted.ticket);
  if (wanted.line) jumpTo(wanted.ticket, wanted.line);
}

await loadTexts();
telegramLooks(() => Boolean(current.value || about.value || page.value !== "tickets"), goBack);
if (inTelegram?.start && /^t\d{1,18}$/.test(inTelegram.start)) history.replaceState(null, "", `#${inTelegram.start}`);
mount(App, document.getElementById("app"));
addEventListener("hashchange", () => (location.hash.startsWith("#enter=") ? begin() : go()));
effect(() => (document.body.dataset.gate = gate.value));
followAddress();
effect(keepInAddress);
listen();
watch();
watchWords();
effect(() => outcome.value && untracked(() => tellOutcome(outcome.value)));
begin();
