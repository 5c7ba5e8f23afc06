// The lines of a conversation, day by day. Keeps the reader where they are: at the end while new lines come, and at the
// same line while older ones do.

import { Component, html, Icon } from "./html.js";
import { jumpTo } from "./jump.js";
import { Line } from "./line.js";
import { current, loadAbove, loadSubject, talk } from "./state.js";
import { t } from "./texts.js";
import { day, dayOf } from "./times.js";

const NEAR = 120;

export class Talk extends Component {
  getSnapshotBeforeUpdate() {
    const { box } = this;
    if (!box) return null;
    const fromEnd = box.scrollHeight - box.scrollTop - box.clientHeight;
    return { fromEnd, height: box.scrollHeight, top: box.scrollTop, first: this.first, ticket: this.ticket };
  }

  // The field below grows as somebody writes, and pictures take their room as they come.
  sizes = new ResizeObserver(() => this.ended && this.box && (this.box.scrollTop = this.box.scrollHeight));

  measure() {
    const { box } = this;
    if (!box) return; // a list that is left still tells of its last scrolling
    this.ended = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (this.ended) this.read = talk.value.lines.at(-1)?.id;
    const away = !this.ended;
    if (away !== Boolean(this.state.away)) this.setState({ away });
  }

  componentDidMount() {
    this.settle(null);
  }

  componentWillUnmount() {
    this.sizes.disconnect();
  }

  componentDidUpdate(_props, _state, before) {
    this.settle(before);
  }

  settle(before) {
    const { box } = this;
    const first = talk.value.lines[0]?.id;
    if (!box) return;
    if (!before || before.ticket !== current.value || before.first === undefined) box.scrollTop = box.scrollHeight;
    else if (first !== before.first) box.scrollTop = before.top + box.scrollHeight - before.height;
    else if (before.fromEnd < NEAR || this.ended) box.scrollTop = box.scrollHeight;
    this.measure();
    if (this.watched !== box) {
      this.sizes.disconnect();
      this.sizes.observe((this.watched = box));
      this.sizes.observe(box.firstElementChild);
    }
    this.first = first;
    this.ticket = current.value;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.box.focus();
  }

  // From line to line by the arrows.
  key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || event.target.closest("audio, video, input, textarea, select")) return;
    if (event.key === "End") {
      event.preventDefault();
      return this.toEnd();
    }
    const all = [...this.box.querySelectorAll("article.line")];
    const at = all.indexOf(document.activeElement?.closest("article.line"));
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? all.length - 1 : at + step))];
    event.preventDefault();
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    if (next === all[0] && step < 0) loadAbove();
  }

  render() {
    const { lines, more, state } = talk.value;
    if (state === "loading") return html`<div class="talk" aria-label=${t("loading")}><div class="skeleton"><i></i><i></i></div></div>`;
    if (state === "gone" || state === "failed")
      return html`<div class="talk"><div class="empty" role="alert"><p>${t(`ticket_${state}`)}</p>${state === "failed" && html`<button class="button" type="button" onClick=${loadSubject}>${t("again")}</button>`}</div></div>`;
    const above = ({ currentTarget: box }) => {
      this.measure();
      if (box.scrollTop < NEAR) loadAbove();
    };
    const fresh = this.state.away ? lines.filter((line) => line.id > (this.read ?? Infinity)).length : 0;
    return html`<div class="talk-place">
      <div class="talk" tabindex="0" role="log" aria-label=${t("conversation")} data-testid="talk" ref=${(box) => (this.box = box)} onScroll=${above} onKeyDown=${(event) => this.key(event)}>
        <div class="lines">
          ${more && html`<button class="button more" type="button" onClick=${loadAbove}>${t("earlier")}</button>`}
          ${marked(albums(lines)).flatMap(({ group, marks }) => [...marks, html`<${Line} key=${group[0].id} lines=${group} jump=${(id) => jumpTo(current.value, id)} />`])}
        </div>
      </div>
      ${this.state.away && html`<button class="to-end" type="button" data-testid="to-end" aria-label=${fresh ? t("to_end_fresh", { n: fresh }) : t("to_end")} title=${t("to_end")} onClick=${() => this.toEnd()}>
        <${Icon} name="down" />${fresh > 0 && html`<span class="count hot">${fresh}</span>`}
      </button>`}
    </div>`;
  }
}

// What was sent as one stands together.
function albums(lines) {
  const groups = [];
  for (const line of lines) {
    const last = groups.at(-1)?.[0];
    if (line.album && last?.album === line.album && last.author === line.author) groups.at(-1).push(line);
    else groups.push([line]);
  }
  return groups;
}

// What stands above each: a new day, another ticket.
function marked(groups) {
  let [date, ticket] = [null, null];
  return groups.map((group) => {
    const [line] = group;
    const marks = [];
    if (dayOf(line.created_at) !== date) marks.push(html`<p key=${`d${line.id}`} class="day"><span>${day(line.created_at)}</span></p>`);
    if (line.ticket_id && line.ticket_id !== ticket) marks.push(html`<p key=${`t${line.id}`} class="cut"><a href=${`#t${line.ticket_id}`}>${t("ticket_n", { n: line.ticket_id })}</a></p>`);
    [date, ticket] = [dayOf(group.at(-1).created_at), line.ticket_id ?? ticket];
    return { group, marks };
  });
}
