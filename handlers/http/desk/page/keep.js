// Keeps something as a file on the reader's device.

import { headers, pathWith } from "./api.js";
import { fail } from "./state.js";

export function keep(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// What the server gives as a file; asked for by hand, so that a session may travel in a header.
export async function keepFrom(path, query, name) {
  try {
    const answer = await fetch(`api/desk/${pathWith(path, query)}`, { headers: headers() });
    if (!answer.ok) throw new Error(answer.statusText);
    keep(await answer.blob(), name);
  } catch (error) {
    fail(error);
  }
}
