// Requests to the desk. Tracks whether it's reachable and whether the agent is signed out; never retries.

import { start } from "./i18n.js";

export class RequestError extends Error {
  constructor(status, body) {
    super(body.words || String(status));
    this.status = status;
    this.code = body.error || String(status);
    this.words = body.words || "";
    this.body = body;
  }
}

export class NetworkError extends Error {}

const listeners = new Set();
let isReachable = true;
let isActive = true; // the agent did something since the last request; polling alone doesn't keep the session alive

for (const name of ["keydown", "pointerdown", "wheel", "touchstart"]) {
  window.addEventListener(name, () => { isActive = true; }, { passive: true, capture: true });
}

export const onConnectionChange = (listener) => listeners.add(listener);

function setReachable(isNow) {
  if (isNow !== isReachable) for (const listener of listeners) listener(isNow);
  isReachable = isNow;
}

export const get = (path) => ask(`/inbox/api${path}`, {});

export const post = (path, body = {}, more = {}) =>
  ask(`/inbox/api${path}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, ...more });

export function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return ask("/inbox/api/files", { method: "POST", body: form });
}

export async function ask(path, options) {
  const wasActive = isActive;
  const headers = { ...options.headers, "X-CSRF-Token": start.csrf, ...(wasActive && { "X-Active": "1" }) };
  let answer;
  isActive = false;
  try {
    const patience = options.body instanceof FormData ? 120000 : 15000;
    answer = await fetch(path, { signal: AbortSignal.timeout(patience), ...options, headers });
  } catch {
    isActive ||= wasActive;
    setReachable(false);
    throw new NetworkError();
  }
  setReachable(answer.status < 502);
  if (answer.status >= 502) throw new NetworkError();
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  if (answer.status === 401) window.dispatchEvent(new CustomEvent("signed-out"));
  throw new RequestError(answer.status, body);
}
