// Messages that the desk hasn't accepted yet: they can be undone for a moment, survive a reload, wait while the
// desk is unreachable, and are accepted only once however often they're sent.

import { refusedOf, update } from "./drafts.js";
import { post, RequestError } from "../shared/api.js";
import { now, start, t } from "../shared/i18n.js";

const UNDO_FOR = 5000;
const STORAGE_KEY = `guichet.sending.${start.me.id}`;

const timers = new Map();
let queue = [];
let tell = () => {};

// tell(ticketId, answer): something changed; `answer` is the desk's response once it accepted a message.
export function begin(listener) {
  tell = listener;
  queue = read().map((mine) => ({ ...mine, state: "sending", isDue: false }));
  for (const mine of queue) send(mine);
  window.addEventListener("pagehide", flush);
}

// A retry uses the same `key`, because the first try may have arrived after all.
export function enqueue({ ticketId, mode, text = "", files = [], seen = "", isSure = false, key = crypto.randomUUID?.() || random() }) {
  const mine = { key, ticketId, mode, text, files, seen, isSure, at: new Date(now()).toISOString(), state: "waiting" };
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

// Take a refused message out of the ticket's draft, where it waits for its agent's decision.
export function takeRefused(ticketId, key) {
  const refused = refusedOf(ticketId);
  const mine = refused.find((one) => one.key === key);
  if (!mine) return null;
  update(ticketId, { refused: refused.filter((one) => one !== mine) }, { isNow: true });
  tell(ticketId);
  return { ...mine, ticketId };
}

export const isWaiting = (ticketId, mode) => queue.some((one) => one.ticketId === ticketId && one.mode === mode);

// Send what could still be undone, since something follows it; false if the desk hasn't accepted everything.
export async function sendNow(ticketId) {
  for (const mine of queue.filter((one) => one.ticketId === ticketId && one.state === "waiting" && isAnswer(one))) await send(mine);
  return ![...queue.filter((one) => one.ticketId === ticketId), ...refusedOf(ticketId)].some(isAnswer);
}

const isAnswer = (mine) => mine.mode !== "note" && mine.mode !== "resolve";

// The queue and refused messages as lines of the thread, after those from the desk.
export function pendingItems(ticketId) {
  const refused = refusedOf(ticketId).map((mine) => ({ ...mine, state: "refused" }));
  return [...refused, ...queue.filter((mine) => mine.ticketId === ticketId)].map(asItem);
}

function asItem(mine) {
  const pending = { state: mine.state, words: mine.words || "", code: mine.code || "", mode: mine.mode };
  const item = { id: `pending ${mine.key}`, key: mine.key, at: mine.at, pending };
  if (mine.mode === "resolve") return { ...item, type: "event", kind: "solving", words: t("solving") };
  return {
    ...item, type: "message", author: mine.mode === "note" ? "note" : "agent", by: start.me.id, name: start.me.name, kind: "text",
    text: mine.text, options: [], files: mine.files, quoted: null, is_edit: false, is_forwarded: false, delivery: null,
  };
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
      refuse(mine, error);
      sendNext(mine.ticketId);
    } else {
      mine.state = "offline";
      timers.set(mine.key, setTimeout(() => send(mine, Math.min(15000, pause * 2)), pause));
    }
    tell(mine.ticketId);
  }
}

// It's kept with the draft, so that its agent can decide about it on any device.
function refuse(mine, { words, code }) {
  queue = queue.filter((one) => one !== mine);
  save();
  const { key, mode, text, files, seen, at } = mine;
  update(mine.ticketId, { refused: [...refusedOf(mine.ticketId), { key, mode, text, files, seen, at, words, code }] }, { isNow: true });
}

// Send in the order of writing, even if the first message fails for now.
const isOutgoing = (mine) => mine.mode !== "note";
const hasEarlierUnsent = (mine) => isOutgoing(mine) && queue.slice(0, queue.indexOf(mine)).some((one) => one.ticketId === mine.ticketId && isOutgoing(one));

function sendNext(ticketId) {
  const next = queue.find((one) => one.ticketId === ticketId && one.isDue);
  if (next && !hasEarlierUnsent(next)) send(Object.assign(next, { isDue: false }));
}

// The page is closing: send what could still be undone.
function flush() {
  for (const mine of queue.filter((one) => one.state === "waiting")) {
    clearTimeout(timers.get(mine.key));
    post(`/tickets/${encodeURIComponent(mine.ticketId)}/${mine.mode}`, requestBody(mine), { keepalive: true }).catch(() => {});
  }
}

const requestBody = (mine) => ({
  key: mine.key, text: mine.text, seen: mine.seen, is_sure: mine.isSure, asks: !mine.isSure,
  files: mine.files.map(({ id, kind, name, media_type }) => ({ id, kind, name, media_type })),
});

function read() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) || "[]");
  } catch {
    return [];
  }
}

function save() {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(queue));
  } catch { /* storage full or blocked: the message is still sent, but wouldn't survive a reload */ }
}

const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
