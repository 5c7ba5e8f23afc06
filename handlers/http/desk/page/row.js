// One ticket of a list: whose it is, how urgent, and how long already.

import { html, Icon } from "./html.js";
import { Box } from "./several.js";
import { current } from "./state.js";
import { named, t } from "./texts.js";
import { full, span } from "./times.js";

export function Row({ ticket }) {
  const chosen = current.value === ticket.id;
  return html`<li class="choosable">
    <${Box} ticket=${ticket} />
    <a
      class="ticket ${chosen ? "chosen" : ""}"
      href=${`#t${ticket.id}`}
      aria-current=${chosen ? "true" : undefined}
      data-testid=${`ticket-${ticket.id}`}
    >
      <span class="mark ${ticket.priority}" title=${named("priority_name", ticket.priority)}></span>
      <span class="who">
        <b>${ticket.customer}</b>
        <span class="hidden">, ${named("priority_name", ticket.priority)}</span>
        <small>#${ticket.id}${ticket.channel === "telegram" ? "" : ` · ${t(`channel_${ticket.channel}`)}`}</small>
      </span>
      <${Since} ticket=${ticket} />
      <span class="words">${words(ticket)}</span>
      ${ticket.operator && html`<span class="chip">${ticket.operator.name}</span>`}
    </a>
  </li>`;
}

function Since({ ticket }) {
  if (ticket.state === "waiting")
    return html`<time class="since hot" title=${full(ticket.waiting_since)}>${span(ticket.waiting_since)}</time>`;
  if (ticket.state === "snoozed")
    return html`<span class="since" title=${ticket.snoozed_until ? full(ticket.snoozed_until) : t("until_reply")}><${Icon} name="clock" /></span>`;
  const at = ticket.closed_at ?? ticket.last?.at ?? ticket.opened_at;
  return html`<time class="since" title=${full(at)}>${span(at)}</time>`;
}

function words({ last, question }) {
  if (!last || last.author === "bot") return question;
  const said = last.text || named("kind", last.kind);
  return last.author === "customer" ? said : t("by_us", { words: said });
}
