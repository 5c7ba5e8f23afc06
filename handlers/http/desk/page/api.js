// Asks the server. A refusal is thrown as Refused, a line that is down as Away.

import { language } from "./texts.js";

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}
export class Away extends Error {}

let csrf = "";
let session = null;
let person = null;
let onSignedOut = () => {};

export function identify({ token = csrf, bearer = session, who = person, signedOut = onSignedOut }) {
  [csrf, session, person, onSignedOut] = [token, bearer, who, signedOut];
}

export const bearing = () => Boolean(session);

export function headers(more = {}) {
  const own = { "Accept-Language": language.value, ...more };
  if (session) own.Authorization = `Session ${session}`;
  return own;
}

// A path with its query; what is empty is left out.
export function pathWith(path, query) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== ""));
  return asked.size ? `${path}?${asked}` : path;
}

export const get = (path, query = {}) => ask("GET", pathWith(path, query));
export const post = (path, body) => ask("POST", path, body);
export const put = (path, body) => ask("PUT", path, body);
export const remove = (path) => ask("DELETE", path);

async function ask(method, path, body, again = false) {
  const more = method === "GET" ? {} : { "X-CSRF-Token": csrf, "Content-Type": body instanceof Blob ? "application/octet-stream" : "application/json" };
  let answer;
  try {
    answer = await fetch(`api/desk/${path}`, { method, headers: headers(more), body: body instanceof Blob ? body : body && JSON.stringify(body) });
  } catch {
    throw new Away();
  }
  if (answer.status >= 502) throw new Away();
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  if (answer.status === 401) onSignedOut();
  if (answer.status === 403 && method !== "GET" && !again && (await signedInAnew())) return ask(method, path, body, true);
  throw new Refused(answer.status, told.detail ?? answer.statusText);
}

// Sends the bytes of a file; `told` hears how far it is. What is returned can be stopped.
export function sendFile(ticket, file, query, told) {
  const asked = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    asked.open("POST", `api/desk/tickets/${ticket}/files?${new URLSearchParams({ ...query, name: file.name.replace(/[\x00-\x1f/\\]/g, "_").slice(-200) })}`);
    Object.entries(headers({ "X-CSRF-Token": csrf, "Content-Type": "application/octet-stream" })).forEach(([name, value]) => asked.setRequestHeader(name, value));
    asked.upload.onprogress = (event) => told(event.loaded / event.total);
    asked.onerror = () => reject(new Away());
    asked.onabort = () => reject(new DOMException("stopped", "AbortError"));
    asked.onload = () => {
      const answer = asked.responseText.startsWith("{") ? JSON.parse(asked.responseText) : {};
      if (asked.status < 300) return resolve(answer);
      if (asked.status === 401) onSignedOut();
      reject(asked.status >= 502 ? new Away() : new Refused(asked.status, answer.detail ?? asked.statusText));
    };
    asked.send(file);
  });
  return { done, stop: () => asked.abort() };
}

// The same person has signed in anew in another tab, so the cookie is of that session and the token here is not.
async function signedInAnew() {
  const me = await ask("GET", "me").catch(() => null);
  if (!me || me.operator.id !== person || me.csrf === csrf) return false;
  csrf = me.csrf;
  return true;
}

// Sends the bytes of a file that is read at once.
export async function postFile(path, file) {
  const name = file.name.replace(/[\x00-\x1f/\\]/g, "_").slice(-200);
  return ask("POST", pathWith(path, { name }), file);
}

export const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint32Array(4))].join("-");
