// Asking the bot's API in the visitor's name.

class Refused extends Error {
  constructor(status, detail, wait) {
    super(detail);
    this.status = status;
    this.wait = wait;
  }

  // Whether the same may be asked again later: nobody has said no for good.
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

class Net {
  constructor(memory) {
    this.memory = memory;
    this.welcome = null;
  }

  // One session at a time, whoever needs it.
  session() {
    this.opening ??= this.open().finally(() => (this.opening = null));
    return this.opening;
  }

  async open() {
    this.memory.read();
    const answer = await this.fetch("session", { method: "POST", body: { token: this.memory.kept.token } }, false);
    this.welcome = await answer.json();
    this.memory.write({ token: this.welcome.token });
    return this.welcome;
  }

  async ask(path, options = {}) {
    if (!this.welcome) await this.session();
    try {
      return await this.fetch(path, options);
    } catch (error) {
      if (error.status !== 401) throw error;
      await this.session();
      return this.fetch(path, options);
    }
  }

  async json(path, options) {
    return (await this.ask(path, options)).json();
  }

  async fetch(path, { method = "GET", body, bytes, query, signal, within = 60000 } = {}, known = true) {
    const url = new URL(path, BASE);
    for (const [name, value] of Object.entries(query ?? {})) if (value) url.searchParams.set(name, value);
    const headers = known ? { Authorization: `Bearer ${this.memory.kept.token}` } : {};
    if (body) headers["Content-Type"] = "application/json";
    if (bytes) headers["Content-Type"] = "application/octet-stream";
    const ending = new AbortController();
    signal?.addEventListener("abort", () => ending.abort());
    const late = within && setTimeout(() => ending.abort(), within);
    let answer;
    try {
      answer = await fetch(url, {
        method,
        headers,
        body: bytes ?? (body && JSON.stringify(body)),
        signal: ending.signal,
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
      });
    } catch {
      throw new Refused(0, "no connection", 0);
    } finally {
      clearTimeout(late);
    }
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, told.detail ?? "", Number(answer.headers.get("Retry-After")) || 0);
  }
}

// Server-sent events, read by hand: the browser's own reader can carry no token.
async function* eventsOf(answer, most) {
  const reader = answer.body.getReader();
  const letters = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), silence(most)]);
      if (done) return;
      text += letters.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop();
      for (const block of blocks) {
        const data = block.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
        yield data ? JSON.parse(data) : null;
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // a stream that has fallen silent would hold one of the visitor's places
  }
}

function silence(ms) {
  return new Promise((_, reject) => setTimeout(() => reject(new Refused(0, "silent", 0)), ms));
}
