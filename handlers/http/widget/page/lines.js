// The list of lines: what was said, what waits to be sent, what can be chosen.

class Lines {
  constructor({ choose, retry, discard, picture }) {
    this.act = { choose, retry, discard, picture };
    this.known = new Map(); // by id, as they are shown
    this.order = [];
    this.waiting = new Map(); // by key
    this.greeting = el("div", { class: "line bot" }, el("div", { class: "bubble" }, OPTIONS.greeting || t("greeting")));
    this.typing = el("div", { class: "line operator typing", hidden: true }, el("div", { class: "bubble" }, el("i"), el("i"), el("i"), el("span", { class: "unseen" }, t("typing"))));
    this.root = el("div", { class: "log", role: "log", tabindex: "0", "aria-label": t("log"), "aria-live": "polite" }, this.greeting, this.typing);
  }

  get last() {
    return this.order.at(-1);
  }

  get visitorHasWritten() {
    return this.order.length > 0;
  }

  // Take lines in; return those of others that were not known.
  take(lines, gone = []) {
    const down = this.atEnd();
    const fresh = [];
    for (const line of lines) {
      if (line.key) this.unqueue(line.key);
      const before = this.known.get(line.id);
      const shown = this.shown(line);
      if (before) before.node.replaceWith(shown);
      else {
        this.place(line, shown);
        if (line.author !== "customer") fresh.push(line);
      }
      this.known.set(line.id, { line, node: shown });
    }
    for (const id of gone) {
      this.known.get(id)?.node.remove();
      this.known.delete(id);
      this.order = this.order.filter((line) => line.id !== id);
    }
    if (fresh.length) this.types(false);
    if (down || lines.some((line) => line.author === "customer")) this.toEnd();
    return fresh;
  }

  // Lines come in order, but for those that another answer has brought sooner.
  place(line, node) {
    let at = this.order.length;
    while (at > 0 && this.order[at - 1].at > line.at) at -= 1;
    const next = at < this.order.length ? this.known.get(this.order[at].id).node : this.firstWaiting();
    this.root.insertBefore(node, next);
    this.order.splice(at, 0, line);
  }

  firstWaiting() {
    return this.waiting.values().next().value ?? this.typing;
  }

  queue(pending, state) {
    const failed = state === "failed";
    const again = failed && el("button", { type: "button", class: "link", onclick: () => this.act.retry(pending) }, t("retry"));
    const discard = failed && el("button", { type: "button", class: "link", onclick: () => this.act.discard(pending) }, t("discard"));
    const words = pending.file ? `${t("picture", { name: pending.file.name })}${pending.text ? `\n${pending.text}` : ""}` : pending.text;
    const status = el("small", { class: failed ? "bad" : "" }, t(state), pending.why ? `: ${pending.why}` : "", again && " ", again, discard && " ", discard);
    const node = el("div", { class: `line customer waiting ${state}` }, el("div", { class: "bubble" }, words), status);
    const before = this.waiting.get(pending.key);
    this.waiting.set(pending.key, node);
    if (before) return before.replaceWith(node); // it keeps its place among what waits
    this.root.insertBefore(node, this.typing);
    this.toEnd();
  }

  unqueue(key) {
    this.waiting.get(key)?.remove();
    this.waiting.delete(key);
  }

  types(on) {
    clearTimeout(this.quiet);
    this.typing.hidden = !on;
    if (!on) return;
    this.quiet = setTimeout(() => this.types(false), 6000);
    if (this.atEnd(80)) this.toEnd();
  }

  atEnd(room = 40) {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < room;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  shown(line) {
    const who = line.author === "customer" ? t("you") : line.name || t(line.author);
    const at = new Date(line.at);
    const today = at.toDateString() === new Date().toDateString();
    const clock = new Intl.DateTimeFormat(LANGUAGE, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(at);
    const bubble = el("div", { class: "bubble" }, el("span", { class: "unseen" }, `${who}: `));
    if (line.file) bubble.append(this.file(line));
    bubble.append(...linked(line.text));
    const name = line.author === "operator" && el("b", { class: "name", "aria-hidden": "true" }, who);
    const stamp = el("small", {}, el("time", { datetime: line.at }, clock));
    return el("div", { class: `line ${line.author}`, "data-testid": "line" }, name, bubble, line.choices.length > 0 && this.choices(line), stamp);
  }

  choices(line) {
    const scores = line.choices.every((one) => one.id.startsWith("score_"));
    const box = el("div", { class: scores ? "choices scores" : "choices", role: "group", "aria-label": t("choices") });
    for (const one of line.choices) {
      const label = scores ? t("score", { n: one.id.slice(6) }) : null;
      const press = () => {
        for (const button of box.children) button.disabled = true;
        this.act.choose(line, one.id).finally(() => {
          for (const button of box.children) button.disabled = false;
        });
      };
      box.append(el("button", { type: "button", "aria-label": label, "data-choice": one.id, onclick: press }, one.title));
    }
    return box;
  }

  // A picture is painted, since a site may forbid its pages to show pictures of others; all else is offered to keep.
  file(line) {
    const { name, picture } = line.file;
    const label = picture ? `${t("picture", { name })}. ${t("enlarge")}` : t("download", { name });
    const button = el("button", { type: "button", class: picture ? "picture" : "link", "aria-label": label }, picture ? "" : `📎 ${name}`);
    this.act.picture(line, button);
    return button;
  }
}
