// The open ticket: opens, draws and closes it, and passes what is done to it to the desk.

import { showArchived } from "./archived.js";
import * as composer from "./composer.js";
import { clearDetails, showDetails } from "./details.js";
import { find } from "./dom.js";
import { showHead } from "./head.js";
import { here, leave, seen } from "./here.js";
import { lineOf, markOpen } from "./list.js";
import { get, post, Refused } from "./net.js";
import { notice, say } from "./notices.js";
import * as sending from "./sending.js";
import { app, busyWhile, listQuery, show, state } from "./state.js";
import { clearThread, showOthers, showThread } from "./thread.js";
import { t } from "./words.js";

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
    if (state.wanted === id) troubleOpening(id, error);
  }
}

function troubleOpening(id, error) {
  if (error instanceof Refused && error.status === 401) return;
  closeTicket();
  const words = error instanceof Refused ? error.words : t("unreachable");
  notice(words, { isBad: true, action: { words: t("try_again"), run: () => openTicket(id) } });
}

export function draw({ ticket, others }) {
  state.open = ticket;
  app.dataset.open = "1";
  showHead(ticket, { act, onBack: closeTicket });
  showDetails(ticket, act);
  composer.showComposer(ticket);
  showArchived(ticket, act);
  const fresh = showThread(ticket, sending.pendingOf(ticket.id), threadActions, seen);
  const theirs = fresh.filter((item) => item.author === "customer");
  if (theirs.length) say(t("wrote", { name: ticket.name || t("the_customer"), text: theirs.at(-1).text.slice(0, 120) }));
  showOthers(others);
  here();
}

export function closeTicket({ isBack = false } = {}) {
  if (state.open) leave(state.open.id);
  const line = lineOf(state.wanted);
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
  } catch { /* the next change, or the next answer, brings it */ }
}

async function load(id) {
  const turn = takeTurn();
  const answer = await get(`/tickets/${encodeURIComponent(id)}`);
  if (isNews(turn, id)) draw(answer);
}

// Answers may overtake each other: one that was asked for earlier never replaces a later one.
let lastAsked = 0;
let lastDrawn = 0;
const takeTurn = () => (lastAsked += 1);
const isNews = (turn, id) => state.wanted === id && turn > lastDrawn && Boolean((lastDrawn = turn));

// Customers hear of these too: after the answer that was written before.
const FOLLOWS = new Set(["resolve", "hold", "quote", "ask-access", "offer-telegram", "offer-whatsapp"]);

export async function act(action, body = {}) {
  const id = state.open?.id;
  if (!id) return;
  if (FOLLOWS.has(action) && !(await sending.hurry(id))) {
    notice(t("answer_first"), { isBad: true });
    return;
  }
  const turn = takeTurn();
  try {
    const answer = await post(`/tickets/${encodeURIComponent(id)}/${action}`, body);
    if (isNews(turn, id)) draw(answer);
    say(t("done"));
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return;
    notice(error instanceof Refused && error.words ? error.words : t("unreachable"), { isBad: true });
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
  onUndo: (item) => { const mine = sending.take(item.key); if (mine) composer.putBack(mine); },
  onEdit: (item) => { const mine = sending.take(item.key); if (mine) composer.putBack(mine); },
  onSendAnyway: (item) => { const mine = sending.take(item.key); if (mine) sending.put({ ...mine, isSure: true }); },
};

export function onSending(ticketId, answer) {
  if (answer && isNews(takeTurn(), ticketId)) draw(answer);
  else if (state.open?.id === ticketId) showThread(state.open, sending.pendingOf(ticketId), threadActions, () => {});
}
