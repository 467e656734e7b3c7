// Calls the sandbox's control API and listens for changes.

import { toast } from "/page/dom.js";

export async function ask(method, path, order) {
  const answer = await fetch(`/control/${path}`, { method, body: order === undefined ? undefined : JSON.stringify(order) });
  if (!answer.ok) {
    const text = await answer.text();
    let reason = text;
    try { reason = JSON.parse(text).error; } catch { /* plain text */ }
    toast(reason, "bad");
    throw new Error(reason);
  }
  return answer.status === 204 ? null : answer.json();
}

export const get = (path) => ask("GET", path);
export const post = (path, order = {}) => ask("POST", path, order);
export const patch = (path, order) => ask("PATCH", path, order);
export const remove = (path) => ask("DELETE", path);

// Calls listener(topic) for every change; "hello" after each (re)connection.
export function listen(listener) {
  const source = new EventSource("/control/events");
  source.onmessage = (event) => listener(event.data);
  source.onopen = () => document.body.classList.remove("offline");
  source.onerror = () => document.body.classList.add("offline");
  window.addEventListener("beforeunload", () => source.close());
}

export async function asFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return { name: file.name, type: file.type || "application/octet-stream", base64: btoa(binary) };
}
