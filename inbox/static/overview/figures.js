// The overview's figures: totals, tables and the backlog's bars. Every number opens the list behind it.

import { figureButton } from "./promise_list.js";
import { bars, el, fill, find, reconcile } from "../shared/dom.js";
import { sparkline } from "./sparkline.js";
import { now, span, start, t } from "../shared/i18n.js";

const SHOWN = 8; // lines of a group; a button shows the others
const opened = new Set(); // groups with all lines shown

const list = (filters) => `/inbox/?${new URLSearchParams(filters)}`;
const share = (part, total) => t("of_total", { part, total });
const named = (row, column, figure) => t("figure", { row, column, figure });

export function drawTotals({ priorities, today }) {
  const sum = (name) => priorities.reduce((total, one) => total + one[name], 0);
  const [kept, due] = [sum("kept_today"), sum("total_today")];
  reconcile(find("#sums"), [
    { name: "overdue", number: sum("overdue"), words: t("overdue"), href: list({ view: "overdue" }), tone: "late" },
    { name: "due_soon", number: sum("due_soon"), words: t("due_soon"), href: list({ view: "open", due: "soon" }), tone: "warn" },
    { name: "open", number: sum("open"), words: t("open_now"), href: list({ view: "open" }), tone: "" },
    { name: "today", number: due ? share(kept, due) : "–", words: t("kept_today"), count: due, parts: today },
  ], (one) => one.name, totalNode);
}

function totalNode({ name, number, words, href, tone, count, parts = [] }) {
  const shown = [el("b", {}, number), el("span", { class: "soft" }, words),
    parts.length > 0 && el("span", { class: "soft small parts" }, parts.map((one) => el("span", {}, `${one.label} ${share(one.kept, one.total)}`)))];
  if (href) return el("li", {}, el("a", { href, class: number ? tone : "", "data-mark": `sum|${name}` }, shown));
  return el("li", {}, count ? figureButton({ stretch: "today", sort: "", key: "" }, t("th_today"), `sum|${name}`, shown) : el("div", {}, shown));
}

export function drawPriorities(lines) {
  reconcile(find("#priorities"), lines, (one) => one.key, (one) => {
    const cell = (name, filters, tone) => linkCell(one[name], list({ ...filters, priority: one.key }), one.label, t(`th_${name}`), `priority|${one.key}|${name}`, tone);
    const level = start.priorities.findIndex((priority) => priority.key === one.key);
    return el("tr", {},
      el("th", { scope: "row" }, bars(Math.max(0, level), start.priorities.length, ""), one.label),
      cell("open", { view: "open" }, ""), cell("due_soon", { view: "open", due: "soon" }, "warn"), cell("overdue", { view: "overdue" }, "late"),
      keptCell({ kept: one.kept_today, total: one.total_today }, { stretch: "today", sort: "priority", key: one.key }, one.label, t("th_today"), t("none_today")));
  });
}

export function drawKept(lines) {
  const rows = lines.map((one, n) => ({ ...one, isFirst: n > 0 && lines[n - 1].sort !== one.sort }));
  if (!rows.length) fill(find("#kept"), el("tr", {}, el("td", { class: "zero empty", colspan: 4 }, t("none_kept"))));
  else reconcile(find("#kept"), rows, (one) => `${one.sort}|${one.key}`, (one) => el("tr", { "data-first": one.isFirst },
    el("th", { scope: "row" }, one.label), weekCells(one), el("td", {}, sparkline(one.days))));
}

export function drawBacklog({ ages, oldest, oldest_opened_at: openedAt }) {
  const most = Math.max(...ages.map(({ open }) => open));
  if (!most) fill(find("#ages"), el("li", { class: "empty" }, t("nothing_open")));
  else reconcile(find("#ages"), ages, ({ key }) => key, (one) => ageNode(one, most));
  for (const node of find("#ages").querySelectorAll("i")) node.style.width = `${(100 * node.dataset.open) / (most || 1)}%`;
  const words = oldest ? t("oldest", { number: "\u0000", length: span(now() - Date.parse(openedAt)) }).split("\u0000") : [];
  fill(find("#oldest"), oldest && [words[0], el("a", { href: `/inbox/ticket/${encodeURIComponent(oldest)}`, "data-mark": "oldest" }, oldest), words[1]]);
}

function ageNode({ key, label, open }) {
  const shown = [el("span", { class: "label" }, label), el("span", { class: "bar" }, el("i", { "data-open": open })), el("b", {}, open)];
  return el("li", { class: key }, open ? el("a", { href: list({ view: "open", age: key }), "data-mark": `age|${key}`, "aria-label": named(label, t("th_open"), open) }, shown) : el("div", {}, shown));
}

export function drawGroups(groups) {
  for (const { sort, rows } of groups) {
    const isWhole = opened.has(sort) || rows.length <= SHOWN + 1;
    const lines = isWhole ? rows : [...rows.slice(0, SHOWN), { key: "|more", more: rows.length - SHOWN }];
    reconcile(find(`#by-${sort}`), [{ key: "|head", label: t(`by_${sort}`) }, ...lines], ({ key }) => key, (one) => groupRow(one, sort, () => {
      opened.add(sort);
      drawGroups(groups);
    }));
    find(`#by-${sort}`).hidden = !rows.length;
  }
  const isEmpty = groups.every(({ rows }) => !rows.length);
  fill(find("#by-nothing"), isEmpty && el("li", { class: "empty" }, t("nothing_yet")));
  find("#by-groups").hidden = isEmpty;
}

function groupRow(one, sort, onMore) {
  if (one.key === "|head") return el("tr", { class: "sort" }, el("th", { scope: "rowgroup", colspan: 5 }, one.label));
  if (one.more) return el("tr", {}, el("td", { colspan: 5 }, el("button", { type: "button", class: "figure more", onclick: onMore }, t("all_of_group", { count: one.more }))));
  const cell = (name, view, tone) => linkCell(one[name], list({ view, [sort]: one.key }), one.label, t(`th_${name}`), `${sort}|${one.key}|${name}`, tone);
  return el("tr", {}, el("th", { scope: "row" }, el("bdi", {}, one.label)), cell("open", "open", ""), cell("overdue", "overdue", "late"), weekCells({ ...one, sort }));
}

const weekCells = (one) => ["this", "last"].map((stretch) =>
  keptCell(one[stretch], { stretch, sort: one.sort, key: one.key }, one.label, t(`th_${stretch}`), "–"));

const linkCell = (number, href, row, column, mark, tone) => el("td", { class: number ? tone : "zero" },
  number ? el("a", { href, "data-mark": mark, "aria-label": named(row, column, number) }, number) : number);

function keptCell({ kept, total }, about, row, column, none) {
  if (!total) return el("td", { class: "zero" }, none);
  const words = t("of_total", { part: kept, total });
  const bar = el("i");
  bar.style.width = `${Math.round((100 * kept) / total)}%`;
  const figure = figureButton(about, `${row} · ${column}`, Object.values(about).join("|"), el("span", { class: "bar" }, bar), el("span", { class: "words" }, words));
  figure.setAttribute("aria-label", named(row, column, words));
  return el("td", {}, figure);
}
