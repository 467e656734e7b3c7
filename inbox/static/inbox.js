// The inbox page: connects its parts, handles mouse, keyboard and history, and polls for changes.

import * as composer from "./ticket/composer.js";
import { find } from "./shared/dom.js";
import { here } from "./ticket/presence.js";
import { listen } from "./list/shortcuts.js";
import { step } from "./list/list_view.js";
import { chooseView, drawList, loadList, search } from "./list/list_controller.js";
import { startPolling } from "./shared/polling.js";
import { onConnectionChange } from "./shared/api.js";
import { say } from "./shared/toasts.js";
import * as drafts from "./ticket/drafts.js";
import * as sending from "./ticket/send_queue.js";
import { app, filtersFrom, listQuery, show, state, VIEWS } from "./list/state.js";
import { showOthers } from "./ticket/thread.js";
import { act, closeTicket, draw, onDraftChange, onQueueChange, openTicket, refresh } from "./ticket/ticket.js";
import { tellCutPastes } from "./shared/paste_limit.js";
import { start, t } from "./shared/i18n.js";

function begin() {
  composer.begin({ onSend: sending.enqueue, onTyping: here });
  drafts.begin(onDraftChange);
  sending.begin(onQueueChange);
  listenToClicks();
  listenToHistory();
  listenToSearch();
  listenToPanels();
  tellCutPastes();
  listen(KEYS, ALT_KEYS);
  onConnectionChange((isNow) => {
    app.toggleAttribute("data-offline", !isNow);
    say(t(isNow ? "back_online" : "offline"));
  });
  startPolling({ openTicket: () => state.open?.id, onChange });
  drawList();
  if (start.list.rows.length < start.list.counts[start.list.view]) loadList();
  if (!start.open) return;
  draw(start.open);
  show("thread");
}

const KEYS = {
  j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  r: () => composer.write("reply"), n: () => composer.write("note"), m: () => composer.write("return"),
  c: () => state.open && (state.open.can.claim || state.open.assignee !== start.me.id) && act("claim"),
  e: () => state.open && (state.open.can.resolve ? act("resolve") : state.open.can.reopen && act("reopen")),
  h: () => state.open && (state.open.can.hold ? act("hold") : state.open.can.release && act("release")),
  i: () => find("#toggle-details")?.click(),
  "/": () => { show("list"); find("#search").focus(); },
  "?": () => find("#help").showModal(),
  Escape: goBack,
};

// These also work while typing.
const ALT_KEYS = {
  r: () => composer.write("reply"), n: () => composer.write("note"), m: () => composer.write("return"),
};

function goBack(target) {
  if (target.id === "search") {
    target.value = "";
    search("");
    target.blur();
  } else if ("details" in app.dataset) find("#toggle-details").click();
  else if (state.open) closeTicket();
}

async function onChange({ tickets, others, draft }) {
  showOthers(others);
  here();
  const isChangedElsewhere = state.open && draft > drafts.versionOf(state.open.id);
  if (tickets.includes(state.wanted) || isChangedElsewhere) await refresh();
  if (tickets.length || state.isListStale) await loadList();
}

const ticketIdIn = (url) => {
  const found = url.origin === location.origin && url.pathname.match(/^\/inbox\/ticket\/([^/]+)$/);
  return found ? decodeURIComponent(found[1]) : "";
};

// Links to tickets and views don't reload the page; with a modifier key they open normally.
function listenToClicks() {
  app.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const id = ticketIdIn(new URL(link.href));
    if (id) openTicket(id);
    else if (link.dataset.view) {
      if (state.wanted) closeTicket({ isBack: true });
      history.pushState({}, "", link.href);
      chooseView(link.dataset.view);
    } else return;
    event.preventDefault();
  });
}

function listenToHistory() {
  window.addEventListener("popstate", () => {
    const id = ticketIdIn(new URL(location.href));
    if (id) {
      openTicket(id, { isBack: true });
      return;
    }
    closeTicket({ isBack: true });
    const params = new URLSearchParams(location.search);
    const [before, view] = [listQuery(), params.get("view")];
    [state.view, state.filters] = [VIEWS.includes(view) ? view : state.view, filtersFrom(params)];
    if (listQuery() !== before) chooseView(state.view, state.filters);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

function listenToSearch() {
  let typed = 0;
  find("#search").addEventListener("input", (event) => {
    clearTimeout(typed);
    typed = setTimeout(() => search(event.target.value), 250);
  });
}

function listenToPanels() {
  find("#open-help").addEventListener("click", KEYS["?"]);
  find("#close-details").addEventListener("click", () => find("#toggle-details").click());
  find("#pane").addEventListener("pointerdown", (event) => {
    if ("details" in app.dataset && !event.target.closest("#toggle-details")) find("#toggle-details").click();
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".me")) find(".me").open = false; });
  for (const button of document.querySelectorAll("[data-closes]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  window.addEventListener("signed-out", () => find("#signed-out").showModal());
}

begin();
