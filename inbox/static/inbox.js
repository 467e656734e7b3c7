// The inbox page: holds what is shown, and passes what agents do to the desk and what the desk says to the panes.

import * as composer from "./composer.js";
import { clearDetails, showDetails } from "./details.js";
import { el, find } from "./dom.js";
import { listen } from "./keys.js";
import { lineOf, markOpen, showRows, step } from "./list.js";
import { follow } from "./live.js";
import { get, onReach, post, Refused } from "./net.js";
import { notice, say } from "./notices.js";
import * as sending from "./sending.js";
import { clearThread, showOthers, showThread } from "./thread.js";
import { showHead } from "./head.js";
import { start, t } from "./words.js";

const app = find("#app");
const VIEWS = ["mine", "unassigned", "open", "waiting", "overdue", "solved"];

let view = start.list.view;
let list = start.list;
let query = "";
let open = null; // the ticket on the screen
let wanted = start.open?.ticket.id || ""; // the ticket that was asked for last
let isListStale = false;

// The list

function drawList() {
  showRows(list.rows, { openId: wanted, empty: query ? t("nothing_found") : emptyWords() });
  find("#list-title").textContent = query ? t("found", { count: list.rows.length }) : t(`view_${view}`);
  for (const name of VIEWS) {
    const link = find(`#view-${name}`);
    link.toggleAttribute("data-here", name === view && !query);
    if (name === view && !query) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (list.counts) link.querySelector(".count").textContent = list.counts[name] ? String(list.counts[name]) : "";
  }
  document.title = `${list.counts?.unassigned ? `(${list.counts.unassigned}) ` : ""}${t(`view_${view}`)} · Guichet`;
}

function emptyWords() {
  const phones = document.body.dataset.phones;
  return [el("p", {}, t(`empty_${view}`)),
    view === "open" && phones && el("p", {}, el("a", { href: phones, target: "_blank", rel: "noopener" }, t("to_the_phones")))];
}

async function loadList() {
  const asked = `${view} ${query}`;
  const slow = setTimeout(() => app.setAttribute("aria-busy", "true"), 200);
  try {
    const found = query ? await get(`/search?q=${encodeURIComponent(query)}`) : await get(`/tickets?view=${view}`);
    if (asked !== `${view} ${query}`) return;
    list = { ...found, counts: found.counts || list.counts };
    isListStale = false;
    drawList();
  } catch (error) {
    isListStale = true;
    if (error instanceof Refused && error.status !== 401) notice(error.words || t("list_trouble"), { isBad: true, action: { words: t("try_again"), run: loadList } });
  } finally {
    clearTimeout(slow);
    app.removeAttribute("aria-busy");
  }
}

function chooseView(name) {
  [view, query] = [name, ""];
  find("#search").value = "";
  drawList();
  find("#list").scrollTop = 0;
  return loadList();
}

// The open ticket

async function openTicket(id, { isBack = false, isQuiet = false } = {}) {
  if (open && open.id !== id) leave(open.id);
  wanted = id;
  markOpen(id);
  if (!isBack) history.pushState({ id }, "", `/inbox/ticket/${encodeURIComponent(id)}`);
  show("thread");
  const slow = setTimeout(() => app.setAttribute("aria-busy", "true"), 200);
  try {
    const answer = await get(`/tickets/${encodeURIComponent(id)}`);
    if (wanted === id) draw(answer);
    if (!isQuiet) find("#thread-scroll").focus({ preventScroll: true });
  } catch (error) {
    if (wanted === id) troubleOpening(id, error);
  } finally {
    clearTimeout(slow);
    app.removeAttribute("aria-busy");
  }
}

function troubleOpening(id, error) {
  if (error instanceof Refused && error.status === 401) return;
  closeTicket();
  const words = error instanceof Refused ? error.words : t("unreachable");
  notice(words, { isBad: true, action: { words: t("try_again"), run: () => openTicket(id) } });
}

function draw({ ticket, others }) {
  open = ticket;
  app.dataset.open = "1";
  showHead(ticket, { act, onBack: closeTicket });
  showDetails(ticket, act);
  composer.showComposer(ticket);
  const fresh = showThread(ticket, sending.pendingOf(ticket.id), threadActions, seen);
  const theirs = fresh.filter((item) => item.author === "customer");
  if (theirs.length) say(t("wrote", { name: ticket.name || t("the_customer"), text: theirs.at(-1).text.slice(0, 120) }));
  showOthers(others);
  here();
}

function closeTicket({ isBack = false } = {}) {
  if (open) leave(open.id);
  const line = lineOf(wanted);
  [open, wanted] = [null, ""];
  delete app.dataset.open;
  markOpen("");
  clearThread();
  clearDetails();
  show("list");
  if (!isBack) history.pushState({}, "", `/inbox/?view=${view}`);
  line?.focus();
}

async function refresh() {
  if (!wanted) return;
  const id = wanted;
  try {
    const answer = await get(`/tickets/${encodeURIComponent(id)}`);
    if (wanted === id) draw(answer);
  } catch { /* the next change, or the next answer, brings it */ }
}

async function act(action, body = {}) {
  const id = open?.id;
  if (!id) return;
  try {
    const answer = await post(`/tickets/${encodeURIComponent(id)}/${action}`, body);
    if (wanted === id) draw(answer);
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

function onSending(ticketId, answer) {
  if (answer && wanted === ticketId) draw(answer);
  else if (open?.id === ticketId) showThread(open, sending.pendingOf(ticketId), threadActions, () => {});
}

// Signs of life

let isTyping = false;
let lastHere = 0;

function here(isTypingNow = isTyping) {
  if (!open || document.hidden) return;
  if (isTypingNow === isTyping && Date.now() - lastHere < 10000) return;
  [isTyping, lastHere] = [isTypingNow, Date.now()];
  post(`/tickets/${encodeURIComponent(open.id)}/here`, { is_typing: isTyping }).catch(() => {});
}

function leave(id) {
  [isTyping, lastHere] = [false, 0];
  post(`/tickets/${encodeURIComponent(id)}/gone`, {}, { keepalive: true }).catch(() => {});
}

function seen() {
  if (!open || document.hidden) return;
  const row = list.rows.find((one) => one.id === open.id);
  if (row && !row.is_unread) return;
  post(`/tickets/${encodeURIComponent(open.id)}/seen`).catch(() => {});
  if (!row) return;
  list = { ...list, rows: list.rows.map((one) => (one === row ? { ...row, is_unread: false } : one)) };
  drawList();
}

// What the page is made of

const show = (pane) => { app.dataset.pane = pane; };

function search(text) {
  query = text.trim();
  if (query) loadList();
  else chooseView(view);
}

function help() {
  find("#help").showModal();
}

function begin() {
  app.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const url = new URL(link.href);
    const id = url.origin === location.origin && url.pathname.match(/^\/inbox\/ticket\/([^/]+)$/);
    if (id) openTicket(decodeURIComponent(id[1]));
    else if (link.dataset.view) {
      if (wanted) closeTicket({ isBack: true });
      history.pushState({}, "", link.href);
      chooseView(link.dataset.view);
    } else return;
    event.preventDefault();
  });
  window.addEventListener("popstate", () => {
    const id = location.pathname.match(/^\/inbox\/ticket\/([^/]+)$/);
    if (id) openTicket(decodeURIComponent(id[1]), { isBack: true });
    else {
      closeTicket({ isBack: true });
      const name = new URLSearchParams(location.search).get("view");
      if (VIEWS.includes(name) && name !== view) chooseView(name);
    }
  });
  let typed = 0;
  find("#search").addEventListener("input", (event) => {
    clearTimeout(typed);
    typed = setTimeout(() => search(event.target.value), 250);
  });
  find("#close-details").addEventListener("click", () => find("#toggle-details").click());
  find("#pane").addEventListener("pointerdown", (event) => {
    if ("details" in app.dataset && !event.target.closest("#toggle-details")) find("#toggle-details").click();
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".me")) find(".me").open = false; });
  find("#open-help").addEventListener("click", help);
  for (const button of document.querySelectorAll("[data-closes]")) button.addEventListener("click", () => button.closest("dialog").close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("signed-out", () => find("#signed-out").showModal());
  onReach((isNow) => {
    app.toggleAttribute("data-offline", !isNow);
    say(t(isNow ? "back_online" : "offline"));
  });
  composer.begin({ onSend: (sent) => sending.put(sent), onTyping: (isTypingNow) => here(isTypingNow) });
  sending.begin(onSending);
  listen({
    j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    r: () => composer.write("reply"), n: () => composer.write("note"), m: () => composer.write("return"),
    c: () => open?.can.claim && act("claim"),
    e: () => open && (open.can.resolve ? act("resolve") : open.can.reopen && act("reopen")),
    h: () => open && (open.can.hold ? act("hold") : open.can.release && act("release")),
    i: () => find("#toggle-details")?.click(),
    "/": () => { show("list"); find("#search").focus(); }, "?": help,
    Escape: (target) => {
      if (target.id === "search") { target.value = ""; search(""); target.blur(); }
      else if ("details" in app.dataset) find("#toggle-details").click();
      else if (open) closeTicket();
    },
  });
  follow({
    openTicket: () => open?.id,
    onChange: async ({ tickets, others }) => {
      showOthers(others);
      here();
      if (wanted && tickets.includes(wanted)) await refresh();
      if (tickets.length || isListStale) await loadList();
    },
  });
  drawList();
  if (start.open) draw(start.open);
  if (start.open) show("thread");
}

begin();
