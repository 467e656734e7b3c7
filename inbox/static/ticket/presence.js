// Presence: tells the desk which ticket this agent has open, is typing in, and has read.

import { drawList } from "../list/list_controller.js";
import { post } from "../shared/api.js";
import { state } from "../list/state.js";

const INTERVAL = 10000; // ms; the desk forgets agents after 25 s

let isTyping = false;
let isReply = false; // typing a reply, not a note
let lastReportedAt = 0;

export function here(isTypingNow = isTyping, isReplyNow = isTypingNow && isReply) {
  if (!state.open || document.hidden) return;
  const isSame = isTypingNow === isTyping && isReplyNow === isReply;
  if (isSame && Date.now() - lastReportedAt < INTERVAL) return;
  [isTyping, isReply, lastReportedAt] = [isTypingNow, isReplyNow, Date.now()];
  post(`/tickets/${encodeURIComponent(state.open.id)}/here`, { is_typing: isTyping, is_reply: isReply }).catch(() => {});
}

export function leave(id) {
  [isTyping, isReply, lastReportedAt] = [false, false, 0];
  post(`/tickets/${encodeURIComponent(id)}/gone`, {}, { keepalive: true }).catch(() => {});
}

export function seen() {
  if (!state.open || document.hidden) return;
  const row = state.list.rows.find((one) => one.id === state.open.id);
  if (row && !row.is_unread) return;
  post(`/tickets/${encodeURIComponent(state.open.id)}/seen`).catch(() => {});
  if (!row) return;
  state.list = { ...state.list, rows: state.list.rows.map((one) => (one === row ? { ...row, is_unread: false } : one)) };
  drawList();
}
