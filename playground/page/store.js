// What the page knows: people, chats, messages, who types, what is unread.

const TYPING_MS = 5000;

export class Store extends EventTarget {
  language = null;
  bot = { connected: false, commands: {}, descriptions: {} };
  customers = [];
  operators = [];
  groups = [];
  accounts = [];
  channels = [];
  chats = new Map();
  messages = new Map();
  unread = new Map();
  typing = new Map();
  ready = false;

  load(state) {
    this.#small(state);
    this.groups = state.groups;
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    this.messages = new Map(state.chats.map((chat) => [chat.id, new Map()]));
    for (const message of state.messages) this.of(message.chat_id).set(message.message_id, message);
    this.typing.clear();
    const written = new Set(state.messages.map(({ chat_id }) => String(chat_id)));
    for (const where of this.unread.keys()) if (!written.has(where.split(":")[0])) this.unread.delete(where);
    this.ready = true;
    this.changed();
  }

  apply(event) {
    switch (event.kind) {
      case "bot":
        this.#small(event);
        break;
      case "chat":
        if (!this.chats.has(event.chat_id) && event.chat.type !== "private" && !event.chat.elsewhere) this.groups.push(event.chat_id);
        this.chats.set(event.chat_id, event.chat);
        break;
      case "message":
        this.arrived(event.message);
        break;
      case "edit":
      case "reaction":
      case "insight":
        this.of(event.chat_id).set(event.message.message_id, event.message);
        break;
      case "delete":
        this.of(event.chat_id).delete(event.message_id);
        break;
      case "typing":
        this.types(place(event.chat_id, event.thread));
        break;
    }
    this.changed(event);
  }

  #small({ language, bot, customers, operators, accounts, channels }) {
    Object.assign(this, { language, bot, customers, operators, accounts, channels });
  }

  arrived(message) {
    this.of(message.chat_id).set(message.message_id, message);
    const where = placeOf(message);
    if (this.fromBot(message)) this.typing.delete(where);
    if (kindOf(message) === "service" && !message.forum_topic_created) return;
    const reader = this.#readerOf(message);
    this.unread.set(reader, (this.unread.get(reader) ?? 0) + 1);
  }

  // Chats that are not the bot's own stand on both halves of the page: each line is new to the other side.
  #readerOf(message) {
    const where = placeOf(message);
    if (!this.chats.get(message.chat_id)?.elsewhere) return where;
    return message.from.id === customerOf(message) ? ownSide(where) : where;
  }

  types(where) {
    this.typing.set(where, Date.now() + TYPING_MS);
    setTimeout(() => this.changed(), TYPING_MS + 50);
  }

  isTyping(where) {
    return (this.typing.get(where) ?? 0) > Date.now();
  }

  of(chatId) {
    if (!this.messages.has(chatId)) this.messages.set(chatId, new Map());
    return this.messages.get(chatId);
  }

  // Messages of a chat; of one topic of it when it is a forum. `thread` 0 is General.
  history(chatId, thread) {
    const chat = this.chats.get(chatId);
    const all = [...this.of(chatId).values()].sort((a, b) => a.message_id - b.message_id);
    return chat?.forum || isDirect(chat) ? all.filter((message) => threadOf(message) === thread) : all;
  }

  fromBot(message) {
    return message.from.id === this.bot.id || Boolean(message.sender_business_bot);
  }

  read(where) {
    return this.unread.delete(where);
  }

  unreadAt(where) {
    return this.unread.get(where) ?? 0;
  }

  unreadIn(chatId) {
    let count = 0;
    for (const [where, n] of this.unread) if (where.startsWith(`${chatId}:`)) count += n;
    return count;
  }

  changed(event = null) {
    this.dispatchEvent(new CustomEvent("change", { detail: event }));
  }
}

export const place = (chatId, thread) => `${chatId}:${thread ?? 0}`;
export const threadOf = (message) => (message.is_topic_message ? message.message_thread_id : (message.direct_messages_topic?.topic_id ?? 0));
export const ownSide = (where) => `${where}:own`;
export const isDirect = (chat) => Boolean(chat?.elsewhere && chat.type !== "private");
export const inAccount = (owner, person) => `${owner}-${person}`;
// Whose chat it is: the number of one in an account ends with the customer's.
export const customerOf = (message) => message.direct_messages_topic?.topic_id ?? Number(String(message.chat_id).split("-").at(-1));
export const placeOf = (message) => place(message.chat_id, threadOf(message));

const KINDS = "text photo document voice sticker video audio animation video_note location contact".split(" ");

export const kindOf = (message) => KINDS.find((kind) => kind in message) ?? "service";
export const wordsOf = (message) => message.text ?? message.caption ?? "";
