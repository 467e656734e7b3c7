// What this agent is writing: text, files, mode and refused messages, one state per ticket. The desk keeps it, so that
// it's the same on every device; this browser keeps what the desk hasn't taken yet.

import { post, RequestError } from "../shared/api.js";
import { start } from "../shared/i18n.js";

const SAVE_DELAY = 1500;
const RETRY_DELAY = 5000;

const states = new Map();
const timers = new Map();
let tell = () => {};

// listener(ticketId): another device has changed the draft.
export function begin(listener) {
  tell = listener;
  window.addEventListener("pagehide", () => {
    for (const [ticketId, state] of states) if (state.isDirty) post(pathOf(ticketId), bodyOf(state), { keepalive: true }).catch(() => {});
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...states.values()].some((state) => state.files.some(isUploading))) event.preventDefault();
  });
}

export const isUploading = (file) => !file.id && !file.problem;

// The state of that ticket, with what other devices have saved since.
export function stateOf(ticket) {
  const kept = ticket.draft;
  let state = states.get(ticket.id);
  if (!state) {
    state = fromBrowser(ticket.id) || { ...kept, isDirty: false, isSaving: false };
    states.set(ticket.id, state);
    if (state.isDirty) schedule(ticket.id, 0);
  }
  if (kept.version > state.version) adopt(state, kept, ticket.items);
  return state;
}

// Change the state and save it; with `isNow`, without waiting for more.
export function update(ticketId, change, { isNow = false } = {}) {
  const state = states.get(ticketId) || fromBrowser(ticketId) || blank();
  states.set(ticketId, Object.assign(state, change, { isDirty: true }));
  toBrowser(ticketId, state);
  schedule(ticketId, isNow ? 0 : SAVE_DELAY);
  return state;
}

export const refusedOf = (ticketId) => states.get(ticketId)?.refused || [];

export const versionOf = (ticketId) => states.get(ticketId)?.version || 0;

const blank = () => ({ text: "", mode: "reply", files: [], refused: [], version: 0, isDirty: false, isSaving: false });

// Take over another device's version. What was written here meanwhile stays, unless it has been sent there.
function adopt(state, kept, items) {
  const uploading = state.files.filter((file) => !file.id);
  if (state.isDirty) {
    state.text = merged(state.text, kept.text, items);
    state.files = [...kept.files, ...state.files.filter((file) => !kept.files.some((other) => other.id === file.id))];
    state.refused = [...kept.refused, ...state.refused.filter((mine) => !kept.refused.some((other) => other.key === mine.key))];
  } else Object.assign(state, { text: kept.text, mode: kept.mode, files: [...kept.files, ...uploading], refused: kept.refused });
  state.version = kept.version;
}

function merged(mine, theirs, items) {
  const [own, other] = [mine.trim(), theirs.trim()];
  const wasSent = items.some((item) => item.by === start.me.id && item.text?.trim() === own);
  if (!own || (!other && wasSent) || other.includes(own)) return theirs;
  return !other || own.includes(other) ? mine : `${theirs}\n${mine}`;
}

function schedule(ticketId, delay) {
  clearTimeout(timers.get(ticketId));
  timers.set(ticketId, setTimeout(() => save(ticketId), delay));
}

async function save(ticketId) {
  const state = states.get(ticketId);
  if (state.isSaving) {
    schedule(ticketId, SAVE_DELAY);
    return;
  }
  state.isSaving = true;
  const body = bodyOf(state);
  try {
    const { draft } = await post(pathOf(ticketId), body);
    state.version = Math.max(state.version, draft.version);
    state.isDirty = JSON.stringify({ ...bodyOf(state), base: 0 }) !== JSON.stringify({ ...body, base: 0 });
  } catch (error) {
    if (error.code === "draft-changed") {
      adopt(state, error.body.draft, []);
      tell(ticketId);
      schedule(ticketId, 0);
    } else if (!(error instanceof RequestError)) schedule(ticketId, RETRY_DELAY);
  } finally {
    state.isSaving = false;
  }
  toBrowser(ticketId, state);
}

const pathOf = (ticketId) => `/tickets/${encodeURIComponent(ticketId)}/draft`;

const bodyOf = (state) => ({
  text: state.text, mode: state.mode, files: state.files.filter((file) => file.id).map(plainFile),
  refused: state.refused.map((mine) => ({ ...mine, files: mine.files.map(plainFile) })), base: state.version,
});

const plainFile = ({ id, kind, name, media_type, size }) => ({ id, kind, name, media_type, size });

const nameOf = (ticketId) => `guichet.draft.${start.me.id}.${ticketId}`;

function fromBrowser(ticketId) {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(ticketId)) || "null");
    return kept && { ...blank(), ...kept, version: kept.base || 0, isDirty: true };
  } catch {
    return null;
  }
}

function toBrowser(ticketId, state) {
  try {
    if (state.isDirty) localStorage.setItem(nameOf(ticketId), JSON.stringify(bodyOf(state)));
    else localStorage.removeItem(nameOf(ticketId));
  } catch { /* storage full: the desk saves it anyway */ }
}
