// What is remembered of the visitor on their device; in the page alone where the browser refuses to keep it.

const NAME = `support-chat:${BASE}`;

class Memory {
  constructor() {
    this.kept = { token: "", name: "", email: "", asked: false, seen: "", pending: [] };
    try {
      this.store = window.localStorage;
      this.read();
    } catch {
      this.store = null;
    }
  }

  // Another tab may have written meanwhile. What stands there may be anything: each part is looked at.
  read() {
    let found = {};
    try {
      found = JSON.parse(this.store?.getItem(NAME) ?? "{}") ?? {};
    } catch {
      return;
    }
    for (const key of ["token", "name", "email", "seen"]) if (typeof found[key] === "string") this.kept[key] = found[key];
    this.kept.asked = this.kept.asked || found.asked === true;
    if (Array.isArray(found.pending)) {
      this.kept.pending = found.pending.filter((one) => typeof one?.key === "string" && typeof one?.text === "string");
    }
  }

  write(changes) {
    this.read();
    Object.assign(this.kept, changes);
    try {
      this.store?.setItem(NAME, JSON.stringify(this.kept));
    } catch {
      // Full, or refused: the page remembers it as long as it is open.
    }
  }

  // Lines that are not accepted yet, by their keys: two tabs may hold some each.
  keep(line) {
    this.read();
    this.write({ pending: [...this.kept.pending.filter((one) => one.key !== line.key), line] });
  }

  drop(key) {
    this.read();
    this.write({ pending: this.kept.pending.filter((one) => one.key !== key) });
  }
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}
