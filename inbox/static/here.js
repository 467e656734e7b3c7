// Signs of life: tells the desk which ticket this agent has open, types in, and has read.

import { drawList } from "./lists.js";
import { post } from "./net.js";
import { state } from "./state.js";

const EVERY = 10000; // ms; the desk forgets who says nothing for 25 s

let isTyping = false;
let isReply = false; // what is typed goes to the customer
let lastHere = 0;

export function here(isTypingNow = isTyping, isReplyNow = isTypingNow && isReply) {
  if (!state.open || document.hidden) return;
  const isSame = isTypingNow === isTyping && isReplyNow === isReply;
  if (isSame && Date.now() - lastHere < EVERY) return;
  [isTyping, isReply, lastHere] = [isTypingNow, isReplyNow, Date.now()];
  post(`/tickets/${encodeURIComponent(state.open.id)}/here`, { is_typing: isTyping, is_reply: isReply }).catch(() => {});
}

export function leave(id) {
  [isTyping, isReply, lastHere] = [false, false, 0];
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
