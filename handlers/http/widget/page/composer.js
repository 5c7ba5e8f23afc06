// Where the visitor writes: words, and pictures that are dropped, pasted or picked.

const TYPES_EVERY = 3000;

class Composer {
  constructor({ send, types, complain }) {
    this.act = { send, types, complain };
    this.limits = { types: ["image/jpeg", "image/png", "image/webp"], most_bytes: 10 * 1024 * 1024 };
    this.area = el("textarea", { rows: "1", placeholder: t("placeholder"), "aria-label": t("placeholder"), maxlength: "4000", enterkeyhint: "send", "data-testid": "text" });
    this.picker = el("input", { type: "file", accept: this.limits.types.join(","), class: "unseen", tabindex: "-1", "aria-hidden": "true", "data-testid": "file" });
    const attach = el("button", { type: "button", class: "tool", "aria-label": t("attach"), title: t("attach"), onclick: () => this.picker.click() }, icon("attach"));
    this.button = el("button", { type: "submit", class: "tool send", "aria-label": t("send"), title: t("send"), disabled: true, "data-testid": "send" }, icon("send"));
    this.root = el("form", { class: "composer" }, attach, this.picker, this.area, this.button);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("paste", (event) => this.brought(event, event.clipboardData));
    this.picker.addEventListener("change", () => {
      this.files([...this.picker.files]);
      this.picker.value = "";
    });
  }

  // Let pictures be dropped anywhere on an element.
  takesDropsOn(element) {
    let depth = 0;
    const over = (change) => {
      depth = Math.max(0, depth + change);
      element.classList.toggle("dropping", depth > 0);
    };
    const isFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    element.addEventListener("dragenter", (event) => isFile(event) && over(1));
    element.addEventListener("dragleave", (event) => isFile(event) && over(-1));
    element.addEventListener("dragover", (event) => isFile(event) && event.preventDefault());
    element.addEventListener("drop", (event) => {
      over(-depth);
      this.brought(event, event.dataTransfer);
    });
  }

  brought(event, data) {
    const found = [...(data?.files ?? [])];
    if (!found.length) return;
    event.preventDefault();
    this.files(found);
  }

  files(found) {
    for (const file of found.slice(0, 5)) {
      if (!this.limits.types.includes(file.type)) this.act.complain(this.refusal(415));
      else if (file.size > this.limits.most_bytes) this.act.complain(this.refusal(413));
      else this.act.send("", file);
    }
  }

  // Why a picture is not taken, in the visitor's words; of other refusals they can make nothing.
  refusal(status) {
    if (status === 415) return t("picture_type");
    return status === 413 ? t("picture_size", { n: Math.floor(this.limits.most_bytes / 1048576) }) : "";
  }

  changed() {
    this.button.disabled = !this.area.value.trim();
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, 140)}px`;
    const now = Date.now();
    if (this.button.disabled || now - (this.typedAt ?? 0) < TYPES_EVERY) return;
    this.typedAt = now;
    this.act.types();
  }

  send() {
    const text = this.area.value.trim();
    if (!text) return;
    this.area.value = "";
    this.changed();
    this.typedAt = 0;
    this.act.send(text, null);
  }
}
