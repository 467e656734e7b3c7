// The managers' page; redrawn whenever something changes.

import { bars, el, fill, find, reconcile } from "../shared/dom.js";
import { drawBacklog, drawGroups, drawKept, drawPriorities, drawTotals } from "./figures.js";
import { channelIcon, timeLeftNode } from "../list/row_parts.js";
import { startPolling } from "../shared/polling.js";
import { ask, onConnectionChange } from "../shared/api.js";
import { notice } from "../shared/toasts.js";
import { at, person, start, t, when } from "../shared/i18n.js";

const REFRESH_INTERVAL = 20000; // deadlines come closer even if nothing happens
const MIN_INTERVAL = 2000; // between two requests, however much happens
let shown = start.overview;
let lastAsked = 0;
let asking = 0;

function draw(seen) {
  shown = seen;
  keepFocus(() => {
    for (const [view, count] of Object.entries(seen.counts)) find(`#view-${view} .count`).textContent = count || "";
    find("#as-of").textContent = t("updated", { time: at(seen.at) });
    drawTotals(seen);
    drawPriorities(seen.priorities);
    drawKept(seen.kept);
    drawBacklog(seen.backlog);
    drawGroups(seen.groups);
    const more = (name, href) => ({ id: "|more", href, count: seen.priorities.reduce((total, one) => total + one[name], 0) - seen[name].length });
    lines(find("#overdue"), withMore(seen.overdue, more("overdue", "/inbox/?view=overdue")), ticketNode, t("nothing_overdue"));
    lines(find("#due-soon"), withMore(seen.due_soon, more("due_soon", "/inbox/?view=open&due=soon")), ticketNode, t("nothing_soon"));
    lines(find("#alerts"), seen.alerts, alertNode, t("no_alerts"));
    drawCounts(seen);
  });
  for (const section of document.querySelectorAll("#board > section, .column > section")) {
    section.toggleAttribute("data-empty", Boolean(section.querySelector(".empty")));
  }
}

// The lists scroll, so their length is shown above them.
function drawCounts({ overdue, priorities, alerts }) {
  const sum = (name) => priorities.reduce((total, one) => total + one[name], 0);
  const open = alerts.filter((one) => !one.acknowledged_at);
  const counts = { overdue: Math.max(sum("overdue"), overdue.length), "due-soon": sum("due_soon"), alerts: open.length };
  for (const [list, count] of Object.entries(counts)) find(`#${list}-count`).textContent = count || "";
  const all = find("#acknowledge-all");
  all.hidden = open.length < 2 && !all.disabled;
  all.textContent = t("acknowledge_all", { count: open.length });
}

// Only those on the screen, so that a deadline missed meanwhile isn't acknowledged unseen.
find("#acknowledge-all").addEventListener("click", async ({ currentTarget: button }) => {
  button.disabled = true;
  for (const one of shown.alerts.filter((alert) => !alert.acknowledged_at)) if (!(await acknowledge(one))) break;
  button.disabled = false;
  draw(shown);
});

// Keep the focus on the same figure after it's redrawn.
function keepFocus(work) {
  const { activeElement: was } = document;
  const mark = was?.dataset.mark;
  work();
  if (mark && !was.isConnected) find(`[data-mark="${CSS.escape(mark)}"]`)?.focus({ preventScroll: true });
}

function lines(list, items, node, empty) {
  if (!items.length) fill(list, el("li", { class: "empty" }, empty));
  else reconcile(list, items, (item) => item.id, node);
}

const withMore = (rows, more) => (more.count > 0 ? [...rows, more] : rows);

function ticketNode(row) {
  if (row.id === "|more") return el("li", {}, el("a", { class: "row more", href: row.href }, t("all_of_group", { count: row.count })));
  const level = start.priorities.findIndex((priority) => priority.key === row.priority);
  return el("li", {}, el("a", { class: "row", href: `/inbox/ticket/${encodeURIComponent(row.id)}` },
    el("span", { class: "line" }, channelIcon(row.channel),
      el("span", { class: "who" }, el("bdi", { class: "name" }, row.name || t("no_name")), row.company && el("bdi", { class: "company" }, row.company)), timeLeftNode(row)),
    el("span", { class: "line second" }, bars(Math.max(0, level), start.priorities.length, start.priorities[level]?.label || ""),
      el("span", { class: "subject" }, `${row.number} `, el("bdi", {}, row.subject || "")),
      el("span", { class: row.assignee ? "holder" : "holder none" }, row.assignee ? person(row.assignee)?.name || "?" : t("nobody_has_it")))));
}

function alertNode(one) {
  const isSeen = Boolean(one.acknowledged_at);
  return el("li", { class: isSeen ? "seen" : "" },
    el("p", { class: "what" }, el("a", { href: `/inbox/ticket/${encodeURIComponent(one.ticket)}` }, one.number), " · ", el("b", {}, one.label), " · ",
      t("missed_at", { time: when(one.missed_at) }), " · ", el("bdi", {}, one.name || t("no_name")), one.subject && [" · ", el("bdi", {}, one.subject)],
      " · ", one.assignee_name || t("nobody_has_it")),
    isSeen ? el("span", { class: "soft small" }, t("acknowledged_by", { name: one.acknowledged_name, time: when(one.acknowledged_at) }))
      : el("button", { type: "button", onclick: () => acknowledge(one) }, t("acknowledge")));
}

async function acknowledge({ ticket, target, turn }) {
  try {
    draw(await ask("/overview/api/acknowledge", { method: "POST", body: JSON.stringify({ ticket, target, turn }), headers: { "Content-Type": "application/json" } }));
    return true;
  } catch (error) {
    notice(error.words || t("unreachable"), { isBad: true });
    return false;
  }
}

function scheduleRefresh() {
  clearTimeout(asking);
  asking = setTimeout(refresh, Math.max(0, lastAsked + MIN_INTERVAL - Date.now()));
}

async function refresh() {
  lastAsked = Date.now();
  try {
    draw(await ask("/overview/api/now", {}));
  } catch { /* the next change or poll loads it */ }
}

onConnectionChange((isNow) => find("#app").toggleAttribute("data-offline", !isNow));
window.addEventListener("signed-out", () => find("#signed-out").showModal());
startPolling({ onChange: ({ tickets: changed }) => { if (changed.length) scheduleRefresh(); } });
setInterval(() => { if (!document.hidden && shown) refresh(); }, REFRESH_INTERVAL);
draw(start.overview);
