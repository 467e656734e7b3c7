// Draws the list: one line for each ticket, next deadline first.

import { badgesOf } from "../ticket/quote_and_access.js";
import { bars, el, fill, find, reconcile } from "../shared/dom.js";
import { channelIcon, timeLeftNode } from "./row_parts.js";
import { person, start, t } from "../shared/i18n.js";

const rows = find("#rows");
const pane = find("#list");

export function showRows(items, { openId, empty }) {
  const anchor = scrollAnchor();
  reconcile(rows, items, (row) => row.id, makeRow);
  markOpen(openId);
  hold(anchor);
  find("#list-empty").hidden = items.length > 0;
  if (!items.length) fill(find("#list-empty"), empty);
}

export function markOpen(openId) {
  for (const line of rows.querySelectorAll("a[aria-current]")) line.removeAttribute("aria-current");
  const line = rowLink(openId);
  line?.setAttribute("aria-current", "true");
}

export const rowLink = (id) => (id ? rows.querySelector(`li[data-key="${CSS.escape(id)}"] > a`) : null);

export function step(by) {
  const lines = [...rows.querySelectorAll("li > a")];
  const from = lines.indexOf(document.activeElement);
  const chosen = from >= 0 ? from : lines.findIndex((line) => line.hasAttribute("aria-current"));
  const next = lines[Math.max(0, Math.min(lines.length - 1, chosen + by))] || lines[0];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function makeRow(row) {
  const level = start.priorities.findIndex((priority) => priority.key === row.priority);
  const label = start.priorities[level]?.label || row.priority;
  const who = row.name || t("no_name");
  const holder = person(row.assignee);
  return el("li", {},
    el("a", { href: `/inbox/ticket/${encodeURIComponent(row.id)}`, class: row.is_unread ? "row unread" : "row", draggable: "false" },
      el("span", { class: "line" },
        row.is_unread && el("span", { class: "dot" }, el("span", { class: "away" }, t("unread"))),
        channelIcon(row.channel),
        el("span", { class: "who" }, el("bdi", { class: "name" }, who), row.company && el("bdi", { class: "company" }, row.company)),
        row.is_archived ? el("span", { class: "mark" }, t("status_archived")) : timeLeftNode(row)),
      el("span", { class: "line second" },
        bars(Math.max(0, level), start.priorities.length, label),
        badgesOf(row),
        el("span", { class: "subject" }, el("bdi", {}, row.subject || row.number)),
        el("span", { class: "locale", title: t(`language_${row.locale}`) }, (row.locale || "").toUpperCase()),
        row.assignee ? el("span", { class: "face", title: holder?.name || "" }, holder?.initials || "?") : el("span", { class: "face none", title: t("nobody") }))));
}

function scrollAnchor() {
  if (pane.scrollTop < 8) return null;
  const top = pane.getBoundingClientRect().top;
  const active = rows.contains(document.activeElement) ? document.activeElement.closest("li") : null;
  const node = active || [...rows.children].find((line) => line.getBoundingClientRect().bottom > top);
  return node && { node, key: node.dataset.key, offset: node.getBoundingClientRect().top };
}

function hold(anchor) {
  if (!anchor) return;
  const node = rows.querySelector(`li[data-key="${CSS.escape(anchor.key)}"]`);
  if (node) pane.scrollTop += node.getBoundingClientRect().top - anchor.offset;
}
