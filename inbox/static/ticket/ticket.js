// The open ticket: opens, draws and closes it, and sends actions to the desk.

import { showArchived } from "./archived_notice.js";
import * as composer from "./composer.js";
import { confirmed } from "./confirm_dialog.js";
import { clearDetails, showDetails } from "./details.js";
import { find } from "../shared/dom.js";
import { showHeader } from "./ticket_header.js";
import { here, leave, seen } from "./presence.js";
import { rowLink, markOpen } from "../list/list_view.js";
import { get, post, RequestError } from "../shared/api.js";
import { notice, say } from "../shared/toasts.js";
import * as sending from "./send_queue.js";
import { app, busyWhile, listQuery, show, state } from "../list/state.js";
import { clearThread, showOthers, showThread } from "./thread.js";
import { t } from "../shared/i18n.js";

export async function openTicket(id, { isBack = false } = {}) {
  if (state.open && state.open.id !== id) leave(state.open.id);
  state.wanted = id;
  markOpen(id);
  if (!isBack) history.pushState({ id }, "", `/inbox/ticket/${encodeURIComponent(id)}`);
  show("thread");
  composer.pause();
  try {
    await busyWhile(load(id));
    if (state.wanted === id) find("#thread-scroll").focus({ preventScroll: true });
  } catch (error) {
    if (state.wanted === id) showOpenError(id, error);
  }
}

function showOpenError(id, error) {
  if (error instanceof RequestError && error.status === 401) return;
  closeTicket();
  const words = error instanceof RequestError ? error.words : t("unreachable");
  notice(words, { isBad: true, action: { words: t("try_again"), run: () => openTicket(id) } });
}

export function draw({ ticket, others }) {
  state.open = ticket;
  app.dataset.open = "1";
  showHeader(ticket, { act, onBack: closeTicket });
  showDetails(ticket, act);
  composer.showComposer(ticket);
  showArchived(ticket, act);
  const fresh = showThread(ticket, sending.pendingItems(ticket.id), threadActions, seen);
  const theirs = fresh.filter((item) => item.author === "customer");
  if (theirs.length) say(t("wrote", { name: ticket.name || t("the_customer"), text: theirs.at(-1).text.slice(0, 120) }));
  showOthers(others);
  here();
}

export function closeTicket({ isBack = false } = {}) {
  if (state.open) leave(state.open.id);
  const line = rowLink(state.wanted);
  [state.open, state.wanted] = [null, ""];
  delete app.dataset.open;
  markOpen("");
  clearThread();
  clearDetails();
  show("list");
  if (!isBack) history.pushState({}, "", `/inbox/?${listQuery()}`);
  line?.focus();
}

export async function refresh() {
  if (!state.wanted) return;
  try {
    await load(state.wanted);
  } catch { /* the next change or response loads it */ }
}

async function load(id) {
  const turn = nextRequestNumber();
  const answer = await get(`/tickets/${encodeURIComponent(id)}`);
  if (isNewest(turn, id)) draw(answer);
}

// Responses may arrive out of order: never replace a newer one with an older one.
let lastAsked = 0;
let lastDrawn = 0;
const nextRequestNumber = () => (lastAsked += 1);
const isNewest = (turn, id) => state.wanted === id && turn > lastDrawn && Boolean((lastDrawn = turn));

// These notify the customer too, so they wait for replies written before.
const ACTIONS_AFTER_REPLIES = new Set(["hold", "quote", "ask-access", "offer-telegram", "offer-whatsapp"]);

export async function act(action, body = {}) {
  const id = state.open?.id;
  if (!id) return;
  if (action === "resolve") {
    await solve();
    return;
  }
  if (ACTIONS_AFTER_REPLIES.has(action) && !(await sending.sendNow(id))) {
    notice(t("answer_first"), { isBad: true });
    return;
  }
  const turn = nextRequestNumber();
  try {
    const answer = await post(`/tickets/${encodeURIComponent(id)}/${action}`, body);
    if (isNewest(turn, id)) draw(answer);
    say(t("done"));
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) return;
    notice(error instanceof RequestError && error.words ? error.words : t("unreachable"), { isBad: true });
    refresh();
  }
}

const threadActions = {
  onTryAgain: async (item) => {
    try {
      await post(`/entries/${encodeURIComponent(item.id)}/try-again`);
      refresh();
    } catch (error) {
      notice(error.words || t("unreachable"), { isBad: true });
    }
  },
  onUndo: (item) => restore(sending.withdraw(item.key)),
  onEdit: (item) => restore(sending.takeRefused(state.open.id, item.key)),
  onSendAnyway: (item) => {
    const mine = sending.takeRefused(state.open.id, item.key);
    if (mine) sending.enqueue({ ...mine, isSure: true });
  },
  // It hasn't gone out: it comes back into the composer, to be corrected.
  onTakeBack: async (item) => {
    const ticketId = state.open.id;
    try {
      await post(`/tickets/${encodeURIComponent(ticketId)}/withdraw`, { entry_id: item.id });
      restore({ ticketId, mode: "reply", text: item.text, files: item.files });
    } catch (error) {
      notice(error.words || t("unreachable"), { isBad: true });
    }
    refresh();
  },
};

function restore(mine) {
  if (mine && mine.mode !== "resolve") composer.restoreDraft(mine);
}

// The customer is told after the same moment to undo as for replies; before that, any reply goes out.
async function solve() {
  const ticket = state.open;
  if (!ticket?.can.resolve || sending.isWaiting(ticket.id, "resolve")) return;
  const isAnswered = ticket.is_answered || sending.isWaiting(ticket.id, "reply") || sending.isWaiting(ticket.id, "return");
  if (!isAnswered && !(await confirmed(t("solve_unanswered"), t("solve_anyway")))) return;
  if (!(await sending.sendNow(ticket.id))) notice(t("answer_first"), { isBad: true });
  else sending.enqueue({ ticketId: ticket.id, mode: "resolve", isSure: !isAnswered });
}

export function onQueueChange(ticketId, answer) {
  if (answer && isNewest(nextRequestNumber(), ticketId)) draw(answer);
  else if (state.open?.id === ticketId) showThread(state.open, sending.pendingItems(ticketId), threadActions, () => {});
}

// Another device has changed the draft.
export function onDraftChange(ticketId) {
  if (state.open?.id !== ticketId) return;
  composer.showDraft();
  onQueueChange(ticketId);
}
