// Marks that are typed, as Telegram's own programs take them, and the formatting that they stand for. What is sent is
// what this makes of a text; the composer shows it before.

const PAIRS = [
  ["**", "bold"],
  ["__", "italic"],
  ["~~", "strikethrough"],
  ["||", "spoiler"],
];
const LINK = /^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/;
const ESCAPED = /^\\[*_~|`[>\\]/;

export function read(source) {
  const made = { text: "", entities: [] };
  const lines = source.split("\n");
  for (let n = 0; n < lines.length; n++) {
    if (n) made.text += "\n";
    if (lines[n].startsWith("```")) {
      const end = lines.findIndex((line, at) => at > n && line.startsWith("```"));
      if (end > n + 1) {
        push(made, "pre", lines.slice(n + 1, end).join("\n"));
        n = end;
        continue;
      }
    }
    const quoted = [];
    while (n < lines.length && /^> ?\S/.test(lines[n])) quoted.push(lines[n++].replace(/^> ?/, ""));
    if (!quoted.length) {
      inline(lines[n], made);
      continue;
    }
    const from = made.text.length;
    quoted.forEach((line, at) => {
      if (at) made.text += "\n";
      inline(line, made);
    });
    made.entities.push({ type: "blockquote", offset: from, length: made.text.length - from });
    n--;
  }
  made.entities.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return made;
}

function push(made, type, words, more = {}) {
  made.entities.push({ type, offset: made.text.length, length: words.length, ...more });
  made.text += words;
}

function inline(source, made) {
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at);
    const link = LINK.exec(rest);
    const code = /^`([^`\n]+)`/.exec(rest);
    const pair = PAIRS.find(([mark]) => rest.startsWith(mark));
    const end = pair ? closing(source, at + 2, pair[0]) : -1;
    if (ESCAPED.test(rest)) {
      made.text += source[at + 1];
      at += 2;
    } else if (code) {
      push(made, "code", code[1]);
      at += code[0].length;
    } else if (link) {
      const from = made.text.length;
      inline(link[1], made);
      made.entities.push({ type: "text_link", offset: from, length: made.text.length - from, url: link[2] });
      at += link[0].length;
    } else if (end > at + 2) {
      const from = made.text.length;
      inline(source.slice(at + 2, end), made);
      made.entities.push({ type: pair[1], offset: from, length: made.text.length - from });
      at = end + 2;
    } else {
      made.text += source[at++];
    }
  }
}

// A mark closes what it opened where words touch it on both sides: `2 ** 3 ** 4` is arithmetic.
function closing(source, from, mark) {
  if (/\s/.test(source[from] ?? " ")) return -1;
  for (let at = source.indexOf(mark, from); at >= 0; at = source.indexOf(mark, at + 1))
    if (at > from && !/\s/.test(source[at - 1]) && source[at - 1] !== "\\") return at;
  return -1;
}

// The other way round: a stored text as somebody would type it.
export function written({ text, entities }) {
  const marks = [];
  const put = (at, mark, opens) => marks.push({ at, mark, opens });
  const literal = [];
  for (const one of entities) {
    const [from, to] = [one.offset, one.offset + one.length];
    const pair = PAIRS.find(([, type]) => type === one.type)?.[0];
    if (pair) put(from, pair, true), put(to, pair, false);
    else if (one.type === "code") put(from, "`", true), put(to, "`", false), literal.push([from, to]);
    else if (one.type === "pre") put(from, "```\n", true), put(to, "\n```", false), literal.push([from, to]);
    else if (one.type === "text_link" && /^https?:/.test(one.url)) put(from, "[", true), put(to, `](${one.url})`, false);
    else if (one.type === "blockquote") for (let at = from; at < to; at = text.indexOf("\n", at) + 1 || to) put(at, "> ", true);
  }
  let made = "";
  for (let at = 0; at <= text.length; at++) {
    marks.filter((one) => one.at === at && !one.opens).reverse().forEach((one) => (made += one.mark));
    marks.filter((one) => one.at === at && one.opens).forEach((one) => (made += one.mark));
    if (at === text.length) break;
    const plain = literal.some(([from, to]) => at >= from && at < to);
    made += !plain && /(\*\*|__|~~|\|\||`)/.test(text.slice(at, at + 2)) && "*_~|`".includes(text[at]) ? `\\${text[at]}` : text[at];
  }
  return made;
}

// What a button or a key of the composer does: marks around what is chosen, or taken away again.
export function marked(source, from, to, what) {
  const inside = source.slice(from, to);
  if (what === "blockquote") {
    const start = source.lastIndexOf("\n", from - 1) + 1;
    const lines = source.slice(start, to).split("\n");
    const off = lines.every((line) => line.startsWith("> "));
    const made = lines.map((line) => (off ? line.slice(2) : `> ${line}`)).join("\n");
    return { source: source.slice(0, start) + made + source.slice(to), from: start, to: start + made.length };
  }
  if (what === "text_link") {
    const words = inside || "…";
    const made = `[${words}](https://)`;
    const at = from + made.length - 1;
    return { source: source.slice(0, from) + made + source.slice(to), from: at, to: at };
  }
  const mark = what === "code" ? "`" : PAIRS.find(([, type]) => type === what)[0];
  const around = source.slice(from - mark.length, from) === mark && source.slice(to, to + mark.length) === mark;
  if (around)
    return { source: source.slice(0, from - mark.length) + inside + source.slice(to + mark.length), from: from - mark.length, to: to - mark.length };
  return { source: source.slice(0, from) + mark + inside + mark + source.slice(to), from: from + mark.length, to: to + mark.length };
}
