// What is in a message besides words.

import { avatar, h, icon } from "./dom.js";
import { lightbox } from "./notice.js";
import { kindOf } from "./store.js";
import { size, t } from "./texts.js";

const BARS = 28;
const [MIN_PX, MAX_PX, MAX_HEIGHT_PX] = [120, 340, 300];

export const fileUrl = (id) => `/playground/files/${encodeURIComponent(id)}`;

export function media(message) {
  const make = MAKERS[kindOf(message)];
  return make ? make(message) : null;
}

export function album(messages) {
  return h("div", { class: "album", data: { count: messages.length } }, ...messages.map((message) => media(message)));
}

function photo(message) {
  const best = message.photo.at(-1);
  const source = fileUrl(best.file_id);
  const picture = h("img", { src: source, alt: message.caption ?? t("photo"), decoding: "async" });
  const props = { class: "photo", type: "button", "aria-label": t("open_picture"), test: "photo" };
  // The place is kept before the picture is there: what is below does not jump.
  const shown = Math.max(MIN_PX, Math.min(best.width, MAX_PX, (best.width / best.height) * MAX_HEIGHT_PX));
  const style = { width: `${shown}px`, "aspect-ratio": `${best.width} / ${best.height}` };
  const button = h("button", { ...props, style, data: { messageId: message.message_id } }, picture);
  button.addEventListener("click", () => lightbox(source, message.caption));
  return button;
}

function document_(message) {
  const { file_id: id, file_name: name, file_size: bytes } = message.document;
  return fileRow("file", name ?? t("document"), size(bytes ?? 0), fileUrl(id), name);
}

function other(kind) {
  return (message) => fileRow("file", message[kind].file_name ?? t(kind), size(message[kind].file_size ?? 0), fileUrl(message[kind].file_id), t(kind));
}

function fileRow(sign, title, more, url, name) {
  return h(
    "a",
    { class: "file", href: url, download: name ?? "file", test: "file" },
    h("span", { class: "disc" }, icon(sign)),
    h("span", { class: "file-words" }, h("b", {}, title), h("small", {}, more)),
  );
}

function voice(message) {
  const { file_id: id, duration, file_unique_id: seed } = message.voice;
  const button = h("button", { class: "disc", type: "button", "aria-label": t("play") }, icon("play"));
  const bars = h("span", { class: "wave" }, ...heights(seed).map((height) => h("i", { style: { "--h": height } })));
  const row = h("div", { class: "voice", test: "voice" }, button, bars, h("small", {}, clock(duration)));
  let sound = null;
  button.addEventListener("click", () => {
    sound ??= listen(new Audio(fileUrl(id)), button, bars);
    if (sound.paused) sound.play().catch(() => {});
    else sound.pause();
  });
  return row;
}

function listen(sound, button, bars) {
  const show = (name) => {
    button.replaceChildren(icon(name));
    button.setAttribute("aria-label", t(name));
  };
  sound.addEventListener("play", () => show("pause"));
  sound.addEventListener("pause", () => show("play"));
  sound.addEventListener("timeupdate", () => {
    const reached = (sound.currentTime / (sound.duration || 1)) * BARS;
    [...bars.children].forEach((bar, place) => bar.classList.toggle("heard", place < reached));
  });
  return sound;
}

function heights(seed) {
  let number = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: BARS }, () => {
    number = (number * 1103515245 + 12345) >>> 0;
    return 0.25 + ((number >>> 16) % 100) / 133;
  });
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function sticker(message) {
  return h("span", { class: "sticker", test: "sticker", role: "img", "aria-label": t("sticker") }, message.sticker.emoji ?? "🙂");
}

function location(message) {
  const { latitude, longitude } = message.location;
  const words = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return h("div", { class: "location", test: "location" }, h("div", { class: "map" }, icon("pin")), h("small", {}, words));
}

function contact(message) {
  const { first_name: first, last_name: last, phone_number: phone } = message.contact;
  const name = [first, last].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "file", test: "contact" },
    avatar(phone.length, name),
    h("span", { class: "file-words" }, h("b", {}, name), h("small", {}, phone)),
  );
}

const MAKERS = {
  photo,
  voice,
  sticker,
  location,
  contact,
  document: document_,
  video: other("video"),
  audio: other("audio"),
  animation: other("animation"),
  video_note: other("video_note"),
};
