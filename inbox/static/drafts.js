// What was typed and not sent, one draft a ticket: kept in this browser at once, at the desk a moment later.

import { post } from "./net.js";
import { start } from "./words.js";

const LATER = 1500;
const timers = new Map();

export function keep(ticketId, draft) {
  try {
    if (draft.text) localStorage.setItem(nameOf(ticketId), JSON.stringify({ ...draft, at: Date.now() }));
    else localStorage.removeItem(nameOf(ticketId));
  } catch { /* a full store: the desk keeps it all the same */ }
  clearTimeout(timers.get(ticketId));
  timers.set(ticketId, setTimeout(() => toDesk(ticketId, draft), LATER));
}

// The message was sent: the desk forgets its copy by itself.
export function forget(ticketId) {
  clearTimeout(timers.get(ticketId));
  localStorage.removeItem(nameOf(ticketId));
}

export function draftOf(ticket) {
  try {
    const own = JSON.parse(localStorage.getItem(nameOf(ticket.id)) || "null");
    if (own?.text) return own;
  } catch { /* not ours: start afresh */ }
  return ticket.draft || { text: "", mode: "reply" };
}

function toDesk(ticketId, { text, mode }) {
  post(`/tickets/${encodeURIComponent(ticketId)}/draft`, { text, mode }).catch(() => {});
}

const nameOf = (ticketId) => `guichet.draft.${start.me.id}.${ticketId}`;
