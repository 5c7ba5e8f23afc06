// Keeps something as a file on the reader's device.

import { headers } from "./api.js";

export function keep(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// What the server gives as bytes; asked for by hand, so that a session may travel in a header.
export async function bytesOf(path) {
  const answer = await fetch(path, { headers: headers() });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.blob();
}

export const keepFrom = async (path, name) => keep(await bytesOf(path), name);
