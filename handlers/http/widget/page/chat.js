// The chat as a whole: lines go out until they are accepted, and what is new comes in.

const SILENCE_MS = 45000; // the stream says something every quarter of a minute
const HIDDEN_MS = 60000;
const POLL_MS = 15000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Chat {
  constructor() {
    this.memory = new Memory();
    this.net = new Net(this.memory);
    this.pictures = new Map(); // bytes of pictures that are not accepted yet, by key
    this.shelf = new Shelf();
    this.loose = new Set(); // keys of those that go with the page
    this.painted = new Map(); // by id of the line
    this.unreadCount = 0;
    this.lines = new Lines({
      choose: (line, choice) => this.choose(line, choice),
      retry: (pending) => this.send(pending),
      discard: (pending) => this.forget(pending.key),
      picture: (line, button) => this.picture(line, button),
    });
    this.composer = new Composer({
      send: (text, file) => this.write(text, file),
      types: () => this.lines.visitorHasWritten && this.net.ask("typing", { method: "POST" }).catch(() => {}),
      complain: (words) => this.panel.say(words),
    });
    this.panel = new Panel({
      lines: this.lines,
      composer: this.composer,
      opened: () => this.opened(),
      closed: () => this.seen(),
      introduced: (name, email) => this.memory.write({ name, email, asked: true }),
    });
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.panel.say(t("offline")));
    addEventListener("pageshow", () => this.again());
    addEventListener("storage", (event) => event.key === NAME && this.elsewhere());
    document.addEventListener("visibilitychange", () => this.visible());
    addEventListener("beforeunload", (event) => this.loose.size && event.preventDefault());
  }

  async start() {
    document.body.append(this.panel.host);
    const pictures = await this.shelf.all();
    for (const { key, type, bytes } of pictures) this.pictures.set(key, new Blob([bytes], { type }));
    const waiting = [...this.memory.kept.pending, ...pictures.map(({ key, text, at, file }) => ({ key, text, at, file }))];
    for (const pending of waiting.sort((a, b) => (a.at < b.at ? -1 : 1))) this.send(pending);
    if (this.memory.kept.token) this.begin();
    if (OPTIONS.open === "true") this.panel.open();
  }

  async opened() {
    this.unreadCount = 0;
    this.panel.unread(0);
    this.seen();
    await this.begin();
  }

  // Ask for a token, and for what was said before; once.
  begin() {
    this.beginning ??= this.enter().catch((error) => {
      this.beginning = null;
      this.trouble(error);
      if (error.passing) setTimeout(() => this.begin(), 5000);
    });
    return this.beginning;
  }

  async enter() {
    const welcome = await this.net.session();
    this.panel.say("");
    this.composer.limits = welcome.pictures;
    if (!OPTIONS.title) this.panel.title.textContent = welcome.title || t("title");
    const { kept } = this.memory;
    if (welcome.ask !== "nothing" && !kept.asked && welcome.new) this.panel.ask(welcome.ask, kept);
    if (welcome.new) return;
    await this.history();
    if (this.lines.visitorHasWritten) this.follow();
  }

  async history() {
    const found = await this.net.json("messages");
    let { more, lines } = found;
    while (more) {
      const next = await this.net.json("messages", { query: { after: lines.at(-1).id } });
      lines = [...lines, ...next.lines];
      more = next.more;
    }
    this.take(lines.slice(-300), [], true);
  }

  take(lines, gone = [], old = false) {
    for (const line of lines) if (line.key) this.accepted(line.key);
    const fresh = this.lines.take(lines, gone);
    const since = old && this.memory.kept.seen;
    const unread = old ? fresh.filter((line) => since && line.at > since) : fresh;
    if (this.panel.isOpen) this.seen();
    else if (unread.length) this.panel.unread((this.unreadCount += unread.length));
  }

  seen() {
    if (this.lines.last) this.memory.write({ seen: this.lines.last.at });
  }

  write(text, file) {
    this.memory.read(); // another tab may have become somebody meanwhile
    const pending = { key: newKey(), text, at: new Date().toISOString() };
    if (file) {
      pending.file = { name: file.name || "picture" };
      this.shelve(pending, file);
    } else this.memory.keep(pending);
    this.panel.say("");
    this.send(pending);
  }

  // A picture outlives the page, or the page asks before it is left.
  async shelve(pending, file) {
    this.pictures.set(pending.key, file);
    this.loose.add(pending.key);
    const kept = await this.shelf.keep(pending, file);
    if (kept) this.loose.delete(pending.key);
    if (kept && !this.pictures.has(pending.key)) this.shelf.drop(pending.key); // it was accepted meanwhile
  }

  // Lines go out one after another, in the order in which they were written.
  send(pending) {
    this.lines.queue(pending, "sending");
    this.queue = (this.queue ?? Promise.resolve()).then(() => this.bring(pending));
  }

  async bring(pending) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      if (!this.lines.waiting.has(pending.key)) return; // another tab has sent it, or it was discarded
      try {
        const slow = setTimeout(() => this.lines.types(true), 700);
        const told = await this.post(pending).finally(() => clearTimeout(slow));
        this.lines.types(false);
        this.panel.say("");
        this.take(told.lines);
        this.forget(pending.key);
        this.follow();
        return;
      } catch (error) {
        this.lines.types(false);
        if (!error.passing) {
          const why = this.composer.refusal(error.status);
          this.lines.queue({ ...pending, why }, "failed");
          return why ? this.panel.say("") : this.trouble(error);
        }
        this.lines.queue(pending, "waits");
        this.panel.say(t(error.status === 429 ? "slow" : "offline"));
        await Promise.race([pause(Math.max(wait, error.wait * 1000)), new Promise((go) => (this.hurry = go))]);
      }
    }
  }

  post(pending) {
    const { name, email } = this.memory.kept;
    const about = { name, email, language: LANGUAGE, page_url: location.href.slice(0, 2000), page_title: document.title.slice(0, 300) };
    const file = this.pictures.get(pending.key);
    if (!pending.file) return this.net.json("messages", { method: "POST", body: { key: pending.key, text: pending.text, ...about } });
    const query = { key: pending.key, file: pending.file.name.replace(/[\u0000-\u001f/\\]/g, "_").slice(0, 200), text: pending.text, ...about };
    return this.net.json("pictures", { method: "POST", bytes: file, query, within: 180000 });
  }

  accepted(key) {
    this.unshelve(key);
    if (this.memory.kept.pending.some((one) => one.key === key)) this.memory.drop(key);
  }

  forget(key) {
    this.lines.unqueue(key);
    this.unshelve(key);
    this.memory.drop(key);
  }

  unshelve(key) {
    this.loose.delete(key);
    if (this.pictures.delete(key)) this.shelf.drop(key);
  }

  async choose(line, choice) {
    try {
      const told = await this.net.json("choices", { method: "POST", body: { message_id: line.id, choice } });
      this.take(told.lines);
      this.composer.area.focus({ preventScroll: true });
    } catch (error) {
      this.panel.say(error.status === 409 ? t("chosen") : t(error.status === 429 ? "slow" : "offline"));
      if (error.status === 409 || error.status === 404) await this.history().catch(() => {});
    }
  }

  async picture(line, button) {
    const fetched = () => {
      if (!this.painted.has(line.id)) this.painted.set(line.id, this.net.ask("file", { query: { line: line.id } }).then((answer) => answer.blob()));
      return this.painted.get(line.id).catch((error) => {
        this.painted.delete(line.id);
        button.replaceChildren(`⚠ ${t(error.status === 410 ? "picture_gone" : "offline")}`);
        throw error;
      });
    };
    try {
      if (line.file.picture) await paint(button, fetched, this.lines);
      else button.addEventListener("click", () => fetched().then((blob) => keep(blob, line.file.name)).catch(() => {}));
    } catch {
      button.addEventListener("click", () => this.picture(line, button), { once: true });
    }
  }

  // Follow what is new, as long as the page is looked at.
  follow() {
    if (this.following || document.hidden) return;
    const { signal } = (this.following = new AbortController());
    this.listen(signal).finally(() => {
      this.following = null;
      if (signal.aborted) this.follow(); // the page was left, and is looked at again by now
    });
  }

  async listen(signal) {
    for (let wait = 1000; !signal.aborted; wait = Math.min(wait * 2, 30000)) {
      try {
        const answer = await this.net.ask("events", { signal, within: 0 });
        for await (const told of eventsOf(answer, SILENCE_MS)) {
          wait = 1000;
          if (signal.aborted) return;
          if ([t("connecting"), t("offline")].includes(this.panel.notice.textContent)) this.panel.say("");
          if (!told) continue;
          this.take(told.lines, told.gone);
          if (told.typing) this.lines.types(true);
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === 429) await this.history().catch(() => {});
        else if (error.status && !error.passing) return this.trouble(error);
        else this.panel.say(t(navigator.onLine === false ? "offline" : "connecting"));
        if (error.status === 429) wait = POLL_MS;
      }
      await Promise.race([pause(wait * (0.7 + Math.random() * 0.6)), new Promise((go) => (this.rush = go))]);
    }
  }

  // Another tab of this browser has come to know something: the visitor and the conversation are the same in each.
  elsewhere() {
    this.memory.read();
    const { token, pending } = this.memory.kept;
    if (!token || pending.length || this.lines.visitorHasWritten) return;
    if (!this.net.welcome) this.begin();
    else this.history().then(() => this.again(), () => {});
  }

  again() {
    this.hurry?.();
    this.rush?.();
    if (this.lines.visitorHasWritten) this.follow();
  }

  visible() {
    clearTimeout(this.leaving);
    if (document.hidden) this.leaving = setTimeout(() => this.following?.abort(), HIDDEN_MS);
    else this.again();
  }

  trouble(error) {
    this.panel.say(error.passing ? t(error.status === 429 ? "slow" : "offline") : t("off"));
    console.warn(`support chat: ${error.message || "no answer"}${error.status ? "" : `; is ${location.origin} in http.cors_origins?`}`);
  }
}

async function paint(button, fetched, lines) {
  const picture = await createImageBitmap(await fetched());
  const canvas = el("canvas", { width: picture.width, height: picture.height, "aria-hidden": "true" });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const down = lines.atEnd();
  button.replaceChildren(canvas);
  if (down) lines.toEnd();
  button.addEventListener("click", () => button.classList.toggle("large"));
}

function keep(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function begin() {
  if (window.supportChat || !SCRIPT) return;
  const chat = new Chat();
  window.supportChat = Object.freeze({ open: () => chat.panel.open(), close: () => chat.panel.close() });
  chat.start();
}

if (document.body) begin();
else addEventListener("DOMContentLoaded", begin);
