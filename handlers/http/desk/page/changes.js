// What is new on the desk, for parts of the page that look after themselves: `news` as the server tells it.

const listeners = new Set();

// Returns what ends it.
export function onNews(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const announce = (news) => listeners.forEach((listener) => listener(news));
