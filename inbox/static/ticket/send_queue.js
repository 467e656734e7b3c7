// What this agent has sent and the desk has not yet taken: it can be undone for a moment, survives a reload,
// waits while the desk is out of reach, and is taken once however often it is tried.

import { post, RequestError } from "../shared/api.js";
import { start } from "../shared/i18n.js";

const UNDO_FOR = 5000;
const STORAGE_KEY = `guichet.sending.${start.me.id}`;

const timers = new Map();
let queue = [];
let tell = () => {};

// tell(ticketId, answer): something changed; `answer` is the desk's, once it has taken a message.
export function begin(listener) {
  tell = listener;
  queue = read().map((mine) => ({ ...mine, state: "sending", isDue: false }));
  for (const mine of queue) send(mine);
  window.addEventListener("pagehide", flush);
}

// With the `key` of an earlier try it is still taken once only: that try may have arrived after all.
export function enqueue({ ticketId, mode, text, files, seen, isSure = false, key = crypto.randomUUID?.() || random() }) {
  const mine = { key, ticketId, mode, text, files, seen, isSure, at: new Date().toISOString(), state: "waiting" };
  queue.push(mine);
  save();
  if (mode === "note") send(mine);
  else timers.set(mine.key, setTimeout(() => send(mine), UNDO_FOR));
  tell(ticketId);
  return mine;
}

export function withdraw(key) {
  clearTimeout(timers.get(key));
  const mine = queue.find((one) => one.key === key);
  queue = queue.filter((one) => one.key !== key);
  save();
  if (mine) {
    tell(mine.ticketId);
    sendNext(mine.ticketId);
  }
  return mine;
}

// What could still be undone goes out now, since something follows it; false when the desk has not taken all of it.
export async function sendNow(ticketId) {
  for (const mine of queue.filter((one) => one.ticketId === ticketId && one.state === "waiting")) await send(mine);
  return !queue.some((one) => one.ticketId === ticketId && one.mode !== "note");
}

// As lines of the thread, after what the desk already has.
export function pendingItems(ticketId) {
  return queue.filter((mine) => mine.ticketId === ticketId).map((mine) => ({
    type: "message", id: `pending ${mine.key}`, key: mine.key, at: mine.at, author: mine.mode === "note" ? "note" : "agent",
    by: start.me.id, name: start.me.name, kind: "text", text: mine.text, options: [], files: mine.files, quoted: null,
    is_edit: false, is_forwarded: false, delivery: null, pending: { state: mine.state, words: mine.words || "", code: mine.code || "" },
  }));
}

async function send(mine, pause = 1000) {
  clearTimeout(timers.get(mine.key));
  if (hasEarlierUnsent(mine)) {
    mine.isDue = true;
    return;
  }
  mine.state = mine.state === "offline" ? "offline" : "sending";
  tell(mine.ticketId);
  try {
    const answer = await post(`/tickets/${encodeURIComponent(mine.ticketId)}/${mine.mode}`, requestBody(mine));
    queue = queue.filter((one) => one !== mine);
    save();
    tell(mine.ticketId, answer);
    sendNext(mine.ticketId);
  } catch (error) {
    if (!queue.includes(mine)) return;
    if (error instanceof RequestError) {
      Object.assign(mine, { state: "refused", words: error.words, code: error.code });
      sendNext(mine.ticketId);
    } else {
      mine.state = "offline";
      timers.set(mine.key, setTimeout(() => send(mine, Math.min(15000, pause * 2)), pause));
    }
    tell(mine.ticketId);
  }
}

// The customer reads answers in the order in which they were written, whatever the net does to the first of them.
const isOutgoing = (mine) => mine.mode !== "note" && mine.state !== "refused";
const hasEarlierUnsent = (mine) => isOutgoing(mine) && queue.slice(0, queue.indexOf(mine)).some((one) => one.ticketId === mine.ticketId && isOutgoing(one));

function sendNext(ticketId) {
  const next = queue.find((one) => one.ticketId === ticketId && one.isDue);
  if (next && !hasEarlierUnsent(next)) send(Object.assign(next, { isDue: false }));
}

// The page is going: what could still be undone goes out now.
function flush() {
  for (const mine of queue.filter((one) => one.state === "waiting")) {
    clearTimeout(timers.get(mine.key));
    post(`/tickets/${encodeURIComponent(mine.ticketId)}/${mine.mode}`, requestBody(mine), { keepalive: true }).catch(() => {});
  }
}

const requestBody = (mine) => ({
  key: mine.key, text: mine.text, seen: mine.seen, is_sure: mine.isSure,
  files: mine.files.map(({ id, kind, name, media_type }) => ({ id, kind, name, media_type })),
});

function read() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) || "[]").filter((mine) => mine.state !== "refused");
  } catch {
    return [];
  }
}

function save() {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(queue));
  } catch { /* a full or closed store: the message still goes out, it just would not survive a reload */ }
}

const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
