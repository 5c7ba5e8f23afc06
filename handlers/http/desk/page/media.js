// What a line shows beside its words: pictures, sound, film, stickers, places, and files to keep.

import { Component, html, Icon } from "./html.js";
import { isPicture, pathOf, save, Source, trouble } from "./files.js";
import { named, t } from "./texts.js";
import { length, size } from "./times.js";
import { look } from "./viewer.js";

const WORDS = new Set(["text", "note", "answer", "clarify", "notice", "handover", "crowded", "command", "rich_message"]);
export const hasMedia = (line) => Boolean(line.file) || !WORDS.has(line.kind);

export class Media extends Component {
  // What a browser cannot show as one thing may be another: of stickers nobody says of which kind they are.
  step() {
    this.setState({ stage: (this.state.stage ?? 0) + 1 });
  }

  async failed() {
    this.setState({ why: "file_loading" });
    this.setState({ why: await trouble(pathOf(this.props.line)) });
  }

  render() {
    const { line } = this.props;
    if (!line.file) return html`<${Told} line=${line} />`;
    if (line.file.too_big) return html`<${Unseen} line=${line} why="file_too_big" />`;
    if (this.state.why) return html`<${Unseen} line=${line} why=${this.state.why} again=${() => this.setState({ why: null, stage: 0 })} />`;
    const shape = SHAPES[line.kind] ?? keeping;
    return shape(line, this);
  }
}

const SHAPES = {
  photo: (line, media) => picture(line, media),
  live_photo: (line, media) => picture(line, media),
  document: (line, media) => html`${isPicture(line) && picture(line, media)}${keeping(line)}`,
  voice: (line, media) => sound(line, media),
  audio: (line, media) => html`${line.file.name && html`<p class="aside">${line.file.name}</p>`}${sound(line, media)}`,
  video: (line, media) => film(line, media),
  video_note: (line, media) => film(line, media, "round"),
  animation: (line, media) => (isPicture(line) ? picture(line, media) : film(line, media)),
  sticker: (line, media) => sticker(line, media),
};

function picture(line, media) {
  const path = pathOf(line, line.file.thumb ? "thumb" : "file");
  const words = line.text || named("kind", line.kind);
  return html`<${Source} key=${path} path=${path} failed=${() => media.failed()} draw=${(address) => html`<button class="picture" type="button" data-testid="picture" aria-label=${t("enlarge", { what: words })} onClick=${() => look(line)}>
    <img src=${address} alt=${words} loading="lazy" decoding="async" onError=${() => media.failed()} />
  </button>`} />`;
}

function sound(line, media) {
  const label = named("kind", line.kind);
  return html`<div class="sound">
    <${Source} path=${pathOf(line)} failed=${() => media.failed()} draw=${(address) => html`<audio controls preload="none" aria-label=${label} data-testid="sound" src=${address} onError=${() => media.failed()}></audio>`} />
    ${line.file.seconds > 0 && html`<small>${length(line.file.seconds)}</small>`}
  </div>`;
}

function film(line, media, shape = "") {
  const poster = line.file.thumb ? pathOf(line, "thumb") : undefined;
  return html`<${Source} path=${pathOf(line)} failed=${() => media.failed()} draw=${(address) => html`<video class=${`film ${shape}`} controls playsinline preload=${poster ? "none" : "metadata"} poster=${poster} loop=${line.kind === "animation"} aria-label=${named("kind", line.kind)} data-testid="film" src=${address} onError=${() => media.failed()}></video>`} />`;
}

// A still one, one that moves as a film, or one that only Telegram can draw: of that the small picture is shown.
function sticker(line, media) {
  const stage = media.state.stage ?? 0;
  if (stage === 1) return html`<${Source} path=${pathOf(line)} failed=${() => media.step()} draw=${(address) => html`<video class="sticker" autoplay loop muted playsinline aria-label=${line.text} src=${address} onError=${() => media.step()}></video>`} />`;
  if (stage === 2 && line.file.thumb) return html`<${Source} path=${pathOf(line, "thumb")} failed=${() => media.step()} draw=${(address) => html`<img class="sticker" alt=${line.text} src=${address} onError=${() => media.step()} />`} />`;
  if (stage >= 2) return html`<p class="aside">${named("kind", line.kind)}</p>`;
  return html`<${Source} path=${pathOf(line)} failed=${() => media.step()} draw=${(address) => html`<img class="sticker" alt=${line.text || named("kind", line.kind)} loading="lazy" data-testid="sticker" src=${address} onError=${() => media.step()} />`} />`;
}

function keeping(line) {
  const name = line.file.name || named("kind", line.kind);
  return html`<a class="keep" href=${`${pathOf(line)}?keep=true`} download=${line.file.name ?? ""} data-testid="download" onClick=${(event) => save(event, line)}>
    <${Icon} name="file" /><span><b>${name}</b>${line.file.size > 0 && html`<small>${size(line.file.size)}</small>`}</span>
  </a>`;
}

function Unseen({ line, why, again }) {
  return html`<div class="unseen" data-testid="unseen">
    <p>${named("kind", line.kind)}${line.file.name && html` <b>${line.file.name}</b>`}${line.file.size > 0 && html` <small>${size(line.file.size)}</small>`}</p>
    <p class="aside">${t(why)}</p>
    ${why === "file_away" && html`<button class="button" type="button" onClick=${again}>${t("again")}</button>`}
  </div>`;
}

// A place, a contact, a poll: what it says, in words.
function Told({ line }) {
  const place = line.kind === "location" && /^(-?\d+\.\d+), (-?\d+\.\d+)$/.exec(line.told ?? "");
  return html`<p class="media">${named("kind", line.kind)}
    ${place && html` <a href=${`https://www.openstreetmap.org/?mlat=${place[1]}&mlon=${place[2]}#map=16/${place[1]}/${place[2]}`} target="_blank" rel="noopener noreferrer" data-testid="place">${line.told}</a>`}
    ${!place && line.told && html` <span class="told">${line.told}</span>`}
    ${!line.told && html` <small>${t("media_in_group")}</small>`}
  </p>`;
}
