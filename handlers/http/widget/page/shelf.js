// Pictures that are not accepted yet, kept on the device beyond the page: bytes are no matter for what remembers words.

const MOST_KEPT = 10;
const MOST_KEPT_BYTES = 30 * 1024 * 1024;
const KEPT_MS = 7 * 24 * 3600 * 1000;

class Shelf {
  // What stands there, oldest first; what is too old goes. Where the browser keeps nothing, there is nothing.
  async all() {
    const found = (await this.use("readonly", (shelf) => shelf.getAll()).catch(() => [])) ?? [];
    const fresh = found.filter((one) => Date.now() - new Date(one.at) < KEPT_MS);
    for (const one of found) if (!fresh.includes(one)) this.drop(one.key);
    return fresh.sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  // Whether it is kept: there is room for a few, and some browsers refuse.
  async keep(pending, file) {
    try {
      const there = await this.use("readonly", (shelf) => shelf.getAll());
      const weight = there.reduce((sum, one) => sum + one.bytes.byteLength, file.size);
      if (there.length >= MOST_KEPT || weight > MOST_KEPT_BYTES) return false;
      const one = { ...pending, type: file.type, bytes: await file.arrayBuffer() };
      await this.use("readwrite", (shelf) => shelf.put(one));
      return true;
    } catch {
      return false;
    }
  }

  drop(key) {
    return this.use("readwrite", (shelf) => shelf.delete(key)).catch(() => {});
  }

  async use(mode, act) {
    this.opening ??= this.open();
    const shelf = (await this.opening).transaction("pictures", mode).objectStore("pictures");
    return done(act(shelf));
  }

  open() {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("pictures", { keyPath: "key" });
    return done(asked);
  }
}

const done = (asked) =>
  new Promise((kept, refused) => {
    asked.onsuccess = () => kept(asked.result);
    asked.onerror = asked.onblocked = () => refused(asked.error);
  });
