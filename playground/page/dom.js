// Elements without markup: what people and the bot wrote only ever becomes text nodes.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) set(element, key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, key, value) {
  if (value === null || value === undefined || value === false) return; // absent, not "null"
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "class") element.className = value;
  else if (key === "test") element.dataset.testid = value;
  else if (key === "data") Object.assign(element.dataset, value);
  else if (key === "style") for (const [name, v] of Object.entries(value)) element.style.setProperty(name, v);
  else element.setAttribute(key, value === true ? "" : value);
}

// Puts `wanted` into `parent` in that order and leaves alone what stands right: a playing voice goes on playing.
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((element, place) => {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  });
}

// Draws `children` into `parent` only when they look different, so that no click or focus falls into a gap.
const looks = new WeakMap();

export function redraw(parent, ...children) {
  const nodes = children.filter(Boolean);
  const look = nodes.map((node) => node.outerHTML).join("");
  if (looks.get(parent) === look) return;
  looks.set(parent, look);
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  parent.replaceChildren(...nodes);
  if (focused) parent.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  plus: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3.500-6.500z M11.500 13.500 20 4",
  check: "m5 12.500 4.500 4.500L19 7.500",
  clip: "M20 11.500 12.200 19.300a5 5 0 0 1-7.100-7.100l8.100-8.100a3.300 3.300 0 0 1 4.700 4.700l-8.100 8.100a1.700 1.700 0 0 1-2.400-2.400l7.300-7.300",
  close: "M6 6l12 12M18 6 6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  reply: "M10 8V4L3 11l7 7v-4.200c5 0 8.500 1.700 11 5.200-1-5-4-10-11-11z",
  edit: "M4 20l1-4.500L16 4.500a2.100 2.100 0 0 1 3 3L8 18.500 4 20z",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l1 12.500h8L17 7",
  copy: "M9 9h10v11H9z M15 9V4H5v11h4",
  picture: "M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M9 9.500h.01",
  mic: "M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4z M6.500 11.500a5.500 5.500 0 0 0 11 0 M12 17v3",
  sticker: "M5 4h14v10l-6 6H5z M13 20v-6h6 M9 9h.01 M15 9h.01 M9 12.500c1 1 2 1.300 3 1.300",
  file: "M7 3.500h7l4 4v13H7z M14 3.500v4h4",
  pin: "M12 21c4-4.500 6-7.800 6-10.500a6 6 0 0 0-12 0C6 13.200 8 16.500 12 21z M12 10.500h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.500 20.500c.8-4 3.600-6 7.500-6s6.700 2 7.500 6",
  people: "M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M2.500 19.500c.6-3.600 3-5.500 6.500-5.500s5.900 1.900 6.500 5.500 M16 5a3.300 3.300 0 0 1 0 6.400 M18 14.500c2 .7 3.200 2.400 3.600 5",
  album: "M8 4h12v12H8z M4 8v12h12",
  slash: "M15 4 9 20",
  block: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z M6 6l12 12",
  lock: "M6 11h12v9H6z M8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6z M8.500 11V8a3.500 3.500 0 0 1 6.800-1.200",
  hash: "M9 4 7 20M17 4l-2 16M4 9h16M4 15h16",
  bot: "M5 9h14v10H5z M12 9V5 M12 4.500h.01 M9.500 13.500h.01 M14.500 13.500h.01 M2.500 13v3 M21.500 13v3",
  play: "M8 5.500v13l10.500-6.500z",
  pause: "M8 5.500v13M16 5.500v13",
  link: "M8 16 17 7M10 7h7v7",
  spark: "M12 3.500 13.800 10 20 12l-6.200 2L12 20.500 10.200 14 4 12l6.200-2z",
  anew: "M19.500 12a7.500 7.500 0 1 1-2.300-5.400 M19.500 4v4.500H15",
  channel: "M4 10v4h3l8 4.500v-13L7 10z M18.500 9.500a4 4 0 0 1 0 5",
  power: "M12 3.500v8.500 M7.200 6.800a7.500 7.500 0 1 0 9.600 0",
  shield: "M12 3.500 19 6v6c0 4-3 7-7 8.500C8 19 5 16 5 12V6z",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const HUES = [212, 262, 168, 338, 28, 192, 292, 142];

export function avatar(id, name, size = "") {
  const letter = [...(name || "?").trim()][0]?.toUpperCase() ?? "?";
  return h("span", { class: `avatar ${size}`, "aria-hidden": "true", style: { "--hue": hue(id) } }, letter);
}

export function hue(id) {
  return HUES[Math.abs(Number(id)) % HUES.length];
}
