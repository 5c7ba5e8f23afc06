// Keeps something as a file on the reader's device.

import { headers } from "./api.js";

export function keep(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// What the server gives as a file; asked for by hand, so that a session may travel in a header.
export async function keepFrom(path, name) {
  const answer = await fetch(`api/desk/${path}`, { headers: headers() });
  if (!answer.ok) throw new Error(answer.statusText);
  keep(await answer.blob(), name);
}
