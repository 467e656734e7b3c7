// The managers' page: draws what the desk says, again whenever something changed.

import { bars, el, fill, find, reconcile } from "./dom.js";
import { channelSign, leftNode } from "./rows.js";
import { follow } from "./live.js";
import { ask, onReach } from "./net.js";
import { notice } from "./notices.js";
import { at, person, start, t, when } from "./words.js";

const AGAIN = 20000; // what is due within the hour changes without anybody doing anything
let shown = start.overview;

function draw(seen) {
  shown = seen;
  for (const [view, count] of Object.entries(seen.counts)) find(`#view-${view} .count`).textContent = count || "";
  find("#as-of").textContent = t("updated", { time: at(seen.at) });
  drawSums(seen.priorities);
  fill(find("#priorities"), seen.priorities.map(line));
  drawKept(seen.kept);
  tickets(find("#overdue"), seen.overdue, t("nothing_overdue"));
  tickets(find("#due-soon"), seen.due_soon, t("nothing_soon"));
  if (seen.alerts.length) reconcile(find("#alerts"), seen.alerts, (one) => one.id, alertNode);
  else fill(find("#alerts"), el("li", { class: "empty" }, t("no_alerts")));
}

function drawSums(priorities) {
  const sum = (name) => priorities.reduce((total, one) => total + one[name], 0);
  const answered = sum("answered");
  const big = (number, words, href, tone = "") => el("li", {}, el(href ? "a" : "div", { href, class: tone }, el("b", {}, number), el("span", { class: "soft" }, words)));
  fill(find("#sums"),
    big(sum("overdue"), t("overdue"), "/inbox/?view=overdue", sum("overdue") ? "late" : ""),
    big(sum("due_soon"), t("due_soon"), "/inbox/?view=open", sum("due_soon") ? "warn" : ""),
    big(sum("open"), t("open_now"), "/inbox/?view=open"),
    big(answered ? t("of_total", { part: sum("answered_in_time"), total: answered }) : "–", t("answered_today"), null));
}

function line(one) {
  const level = start.priorities.findIndex((priority) => priority.key === one.key);
  const cell = (number, tone) => el("td", { class: number ? tone : "zero" }, number);
  return el("tr", {},
    el("th", { scope: "row" }, bars(Math.max(0, level), start.priorities.length, ""), one.label),
    cell(one.open, ""), cell(one.due_soon, "warn"), cell(one.overdue, "late"),
    el("td", { class: one.answered ? "" : "zero" }, one.answered ? kept(one) : t("none_answered")));
}

const kept = (one) => keptBar(one.answered_in_time, one.answered);

function keptBar(part, total) {
  const bar = el("i");
  bar.style.width = `${Math.round((100 * part) / total)}%`;
  return el("span", { class: "kept" }, el("span", { class: "bar" }, bar), t("of_total", { part, total }));
}

function drawKept(lines) {
  const week = ({ kept: part, total }) => el("td", { class: total ? "" : "zero" }, total ? keptBar(part, total) : "–");
  const rows = lines.map((one, n) => {
    const row = el("tr", {}, el("th", { scope: "row" }, one.label), week(one.this), week(one.last));
    row.toggleAttribute("data-first", n > 0 && lines[n - 1].sort !== one.sort);
    return row;
  });
  fill(find("#kept"), rows.length ? rows : [el("tr", {}, el("td", { class: "zero", colspan: 3 }, t("none_kept")))]);
}

function tickets(list, rows, empty) {
  if (!rows.length) fill(list, el("li", { class: "empty" }, empty));
  else reconcile(list, rows, (row) => row.id, ticketNode);
}

function ticketNode(row) {
  const level = start.priorities.findIndex((priority) => priority.key === row.priority);
  return el("li", {}, el("a", { class: "row", href: `/inbox/ticket/${encodeURIComponent(row.id)}` },
    el("span", { class: "line" }, channelSign(row.channel),
      el("span", { class: "who" }, el("bdi", { class: "name" }, row.name || t("no_name")), row.company && el("bdi", { class: "company" }, row.company)), leftNode(row)),
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
  } catch (error) {
    notice(error.words || t("unreachable"), { isBad: true });
  }
}

async function refresh() {
  try {
    draw(await ask("/overview/api/now", {}));
  } catch { /* the next change, or the next round, brings it */ }
}

onReach((isNow) => find("#app").toggleAttribute("data-offline", !isNow));
window.addEventListener("signed-out", () => find("#signed-out").showModal());
follow({ onChange: ({ tickets: changed }) => (changed.length ? refresh() : null) });
setInterval(() => { if (!document.hidden && shown) refresh(); }, AGAIN);
draw(start.overview);
