// The window of the chat: the button that opens it, what stands around the lines, where the keyboard goes.

const PHONE = matchMedia("(max-width: 480px), (max-height: 480px)");

class Panel {
  constructor({ lines, composer, opened, closed, introduced }) {
    this.act = { opened, closed, introduced };
    this.lines = lines;
    this.composer = composer;
    this.host = document.createElement("support-chat");
    this.shadow = this.host.attachShadow({ mode: "open" });
    this.style();
    this.badge = el("span", { class: "badge", hidden: true, "aria-hidden": "true" });
    this.launcher = el("button", { type: "button", class: "launcher", "aria-label": t("open"), "aria-expanded": "false", "aria-haspopup": "dialog", "data-testid": "open", onclick: () => this.toggle() }, icon("chat"), this.badge);
    this.title = el("h2", { id: "title" }, OPTIONS.title || t("title"));
    this.notice = el("p", { class: "notice", role: "status", "data-testid": "notice" });
    this.news = el("p", { class: "unseen", role: "status", "data-testid": "news" }); // read out while the chat is closed
    const close = el("button", { type: "button", class: "tool", "aria-label": t("close"), title: t("close"), "data-testid": "close", onclick: () => this.close() }, icon("close"));
    const head = el("header", {}, this.title, close);
    this.body = el("div", { class: "body" }, lines.root, composer.root);
    const drop = el("div", { class: "drop", "aria-hidden": "true" }, t("drop"));
    this.root = el("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, "data-testid": "panel" }, head, this.notice, this.body, drop);
    composer.takesDropsOn(this.root);
    this.shadow.append(el("div", { class: OPTIONS.side === "left" ? "frame left" : "frame", lang: LANGUAGE, dir: "ltr" }, this.root, this.launcher, this.news));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.host.addEventListener("keydown", (event) => event.stopPropagation()); // shortcuts of the page are not meant
  }

  style() {
    const colour = OPTIONS.colour || OPTIONS.color || "#2457d6";
    const chosen = CSS.supports("color", colour) ? colour : "#2457d6";
    this.host.style.setProperty("--accent", chosen);
    this.host.style.setProperty("--on-accent", readableOn(chosen));
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.shadow.adoptedStyleSheets = [sheet];
    } catch {
      this.shadow.append(el("style", {}, STYLE)); // an older browser
    }
  }

  get isOpen() {
    return !this.root.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    if (this.isOpen) return;
    this.root.hidden = false;
    this.launcher.setAttribute("aria-expanded", "true");
    this.launcher.setAttribute("aria-label", t("close"));
    this.root.setAttribute("aria-modal", String(PHONE.matches));
    this.lines.toEnd();
    this.focus();
    this.act.opened();
  }

  close() {
    if (!this.isOpen) return;
    this.root.hidden = true;
    this.launcher.setAttribute("aria-expanded", "false");
    this.unread(0);
    this.launcher.focus();
    this.act.closed();
  }

  focus() {
    const first = this.form ? this.form.querySelector("input") : this.composer.area;
    first.focus({ preventScroll: true });
  }

  unread(n) {
    this.badge.hidden = n === 0;
    this.badge.textContent = n > 9 ? "9+" : String(n);
    const words = n ? t("open_unread", { n }) : t("open");
    if (!this.isOpen) this.launcher.setAttribute("aria-label", words);
    this.news.textContent = n && !this.isOpen ? words : "";
  }

  say(words) {
    if (this.notice.textContent !== words) this.notice.textContent = words;
  }

  // Escape closes; where the chat covers the whole page, the keyboard stays in it.
  key(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "Tab" || !PHONE.matches) return;
    const all = [...this.root.querySelectorAll("button, textarea, input, a[href], [tabindex='0']")].filter((one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length);
    const [first, last] = [all[0], all.at(-1)];
    const here = this.shadow.activeElement;
    if (event.shiftKey ? here === first : here === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  // Ask for name and e-mail before the first line.
  ask(wish, known) {
    if (this.form) return;
    const required = wish === "required";
    const name = el("input", { name: "name", autocomplete: "name", maxlength: "64", required, value: known.name });
    const email = el("input", { name: "email", type: "email", autocomplete: "email", maxlength: "200", required, value: known.email });
    const done = () => {
      this.form.remove();
      this.form = null;
      this.composer.root.hidden = false;
      this.composer.area.focus();
    };
    const skip = !required && el("button", { type: "button", class: "link", onclick: () => (done(), this.act.introduced("", "")) }, t("skip"));
    this.form = el(
      "form",
      { class: "ask", "data-testid": "ask" },
      el("p", {}, t("ask")),
      el("label", {}, t("name"), name),
      el("label", {}, t("email"), email),
      el("div", { class: "row" }, el("button", { type: "submit", class: "main" }, t("start")), skip),
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = [name.value.trim(), email.value.trim()];
      done();
      this.act.introduced(...said);
    });
    this.composer.root.hidden = true;
    this.body.append(this.form);
    if (this.isOpen) name.focus();
  }
}
