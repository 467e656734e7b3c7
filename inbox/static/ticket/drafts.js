// Drafts, one per ticket: saved in this browser at once, and at the desk a moment later.

import { post } from "../shared/api.js";
import { start } from "../shared/i18n.js";

const SAVE_DELAY = 1500;
const timers = new Map();

export function keep(ticketId, draft) {
  try {
    if (draft.text) localStorage.setItem(nameOf(ticketId), JSON.stringify({ ...draft, at: Date.now() }));
    else localStorage.removeItem(nameOf(ticketId));
  } catch { /* storage full: the desk saves it anyway */ }
  clearTimeout(timers.get(ticketId));
  timers.set(ticketId, setTimeout(() => saveToServer(ticketId, draft), SAVE_DELAY));
}

// The message was sent; the desk deletes its copy itself.
export function forget(ticketId) {
  clearTimeout(timers.get(ticketId));
  localStorage.removeItem(nameOf(ticketId));
}

export function draftOf(ticket) {
  try {
    const own = JSON.parse(localStorage.getItem(nameOf(ticket.id)) || "null");
    if (own?.text) return own;
  } catch { /* not ours: start over */ }
  return ticket.draft || { text: "", mode: "reply" };
}

function saveToServer(ticketId, { text, mode }) {
  post(`/tickets/${encodeURIComponent(ticketId)}/draft`, { text, mode }).catch(() => {});
}

const nameOf = (ticketId) => `guichet.draft.${start.me.id}.${ticketId}`;
