// The thread. It scrolls to the newest line only while the agent is at the bottom.

import { el, fill, find, reconcile } from "../shared/dom.js";
import { makeItem } from "./thread_item.js";
import { dateOf, dayOf, t } from "../shared/i18n.js";

const scroller = find("#thread-scroll");
const lines = find("#thread");
const pill = find("#newer");
const FOLDED_FROM = 3; // messages of an intake; fewer are shown as they are
const SHOWN = 120; // lines shown before “earlier” is clicked

let shownTicketId = "";
let isAll = false;
let isIntakeShown = false;
let unseen = 0;
let known = new Set();
let isFollowing = true; // at the bottom: stay there as lines grow, images load, the composer opens

pill.addEventListener("click", () => scrollToEnd(true));
scroller.addEventListener("scroll", () => {
  isFollowing = isAtEnd();
  if (isFollowing) clearPill();
}, { passive: true });
const sizes = new ResizeObserver(() => { if (isFollowing) scrollToEnd(false); });
sizes.observe(lines);
sizes.observe(scroller);

export function showThread(ticket, pending, actions, onSeen) {
  const isOther = shownTicketId !== ticket.id;
  if (isOther) [shownTicketId, isAll, isIntakeShown, unseen, known] = [ticket.id, false, false, 0, new Set()];
  const wasAtEnd = isOther || isFollowing;
  const items = [...ticket.items, ...pending];
  const fresh = items.filter((item) => !known.has(item.id) && (item.type === "message" || item.pending));
  items.forEach((item) => known.add(item.id));
  draw(items, actions, () => showThread(ticket, pending, actions, onSeen));
  if (wasAtEnd || fresh.some((item) => item.pending)) {
    scrollToEnd(false);
    onSeen?.();
  } else if (fresh.length) {
    unseen += fresh.length;
    pill.hidden = false;
    fill(pill, t("newer", { count: unseen }), " ↓");
  }
  return isOther ? [] : fresh.filter((item) => !item.pending);
}

export function clearThread() {
  shownTicketId = "";
  clearPill();
  lines.replaceChildren();
}

export function showOthers(others) {
  const node = find("#others");
  const print = JSON.stringify(others);
  if (node.print === print) return;
  node.print = print;
  fill(node, others.map((other) =>
    el("span", { class: other.is_typing ? "face typing" : "face", title: t(other.is_typing ? "is_typing" : "is_here", { name: other.name }) }, other.initials)));
  const typing = others.find((other) => other.is_typing);
  find("#typing").textContent = typing ? t("is_typing", { name: typing.name }) : others.length ? t("is_here", { name: others.map((o) => o.name).join(", ") }) : "";
}

function draw(all, { ...actions }, redraw) {
  const items = withIntakeFolded(all);
  actions.onFold = () => {
    isIntakeShown = !isIntakeShown;
    isFollowing = false;
    redraw();
    lines.querySelector(".fold button").focus({ preventScroll: true });
  };
  const hidden = isAll ? 0 : Math.max(0, items.length - SHOWN);
  const shown = grouped(items.slice(hidden));
  reconcile(lines, shown, (item) => item.id, (item) => makeItem(item, actions));
  const earlier = find("#earlier");
  earlier.hidden = hidden === 0;
  if (hidden) fill(earlier, el("button", { type: "button", onclick: () => {
    const fromEnd = scroller.scrollHeight - scroller.scrollTop; // as it is now, not when it was drawn
    isAll = true;
    isFollowing = false;
    redraw();
    scroller.scrollTop = scroller.scrollHeight - fromEnd;
  } }, t("earlier", { count: hidden })));
}

// The conversation that led to the ticket is one line, which shows or hides it.
function withIntakeFolded(items) {
  const intake = items.filter((item) => item.is_intake);
  if (intake.length < FOLDED_FROM) return items;
  const first = items.indexOf(intake[0]);
  const fold = { type: "fold", id: "intake", at: intake[0].at, count: intake.length, is_open: isIntakeShown };
  return [...items.slice(0, first), fold, ...items.slice(first).filter((item) => isIntakeShown || !item.is_intake)];
}

// Adds day separators, and shows names only where the author changes.
function grouped(items) {
  const out = [];
  let date = "";
  let last = "";
  for (const item of items) {
    const itsDate = dateOf(item.at);
    if (itsDate !== date) out.push({ type: "day", id: `day ${itsDate} ${out.length ? "" : "first"}`, words: dayOf(item.at) });
    const author = item.type === "message" ? `${item.author} ${item.by || ""}` : "";
    out.push(item.type === "message" ? { ...item, is_first: author !== last || itsDate !== date } : item);
    [date, last] = [itsDate, author];
  }
  return out;
}

const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;

function scrollToEnd(isSmooth) {
  isFollowing = true;
  clearPill();
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: isSmooth ? "smooth" : "instant" });
}

function clearPill() {
  unseen = 0;
  pill.hidden = true;
}

