// The details pane: the request, its assignee, its deadlines and the customer.

import { accessNode, quoteNode } from "./quote_and_access.js";
import { el, fill, find, icon, bars } from "../shared/dom.js";
import { channelIcon, timeLeftNode } from "../list/row_parts.js";
import { mergeButton } from "./merge_dialog.js";
import { notice } from "../shared/toasts.js";
import { sizeOf, start, t, when } from "../shared/i18n.js";

const pane = find("#details-body");

// act(action, body): run an action on the open ticket.
export function showDetails(ticket, act) {
  const print = JSON.stringify({ ...ticket, items: 0, draft: 0 });
  if (pane.print === print || isBeingEdited(ticket.id)) return;
  pane.print = print;
  pane.dataset.ticket = ticket.id;
  const { can } = ticket;
  const focused = document.activeElement?.id;
  fill(pane,
    section(t("request"), control("priority", priorityControl(ticket, act)), control("assignee", assigneeControl(ticket, act)),
      ticket.category && control("category", el("span", {}, ticket.category)),
      (can.tag || ticket.tags.length > 0) && control("tags", tagsControl(ticket, act))),
    section(t("promises"), windowWarning(ticket.window), promiseList(ticket)),
    (ticket.quote || can.quote) && section(t("quote"), quoteNode(ticket, act)),
    (ticket.access || can.ask_access) && section(t("access"), accessNode(ticket, act)),
    ticket.details.length > 0 && section(t("details"), el("dl", {}, ticket.details.filter((one) => one.value || one.files.length).map(detail))),
    section(t("customer"), customerNode(ticket, act)),
    ticket.contact.tickets.length > 0 && section(t("other_requests"), otherTicketsNode(ticket)));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// The agent is typing in this ticket's pane: don't redraw it.
function isBeingEdited(id) {
  if (pane.dataset.ticket !== id) return false;
  return pane.contains(document.activeElement?.closest("input.tag")) || Boolean(pane.querySelector("form.agreement:not([hidden])"));
}

export function clearDetails() {
  pane.print = "";
  pane.replaceChildren();
}

const section = (title, ...content) => el("section", {}, el("h3", {}, title), ...content);

const control = (name, node) => el("div", { class: "control" }, el("label", { for: `set-${name}` }, t(name)), node);

function priorityControl(ticket, act) {
  const level = ticket.priorities.findIndex((one) => one.key === ticket.priority);
  return el("span", { class: "choice" }, bars(Math.max(0, level), ticket.priorities.length, ""),
    chooser("priority", ticket.priorities.map((one) => [one.key, one.label]), ticket.priority, ticket.can.prioritise,
      (value) => act("priority", { priority: value })));
}

function assigneeControl(ticket, act) {
  const people = start.people.filter((one) => !one.is_away || one.id === ticket.assignee).map((one) => [one.id, one.id === start.me.id ? t("me", { name: one.name }) : one.name]);
  return chooser("assignee", [["", t("nobody")], ...people], ticket.assignee, ticket.can.assign, (value) => act("assign", { to: value }));
}

function chooser(name, options, chosen, isFree, onChoose) {
  const known = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen]];
  const node = el("select", { id: `set-${name}`, disabled: !isFree, onchange: () => onChoose(node.value) },
    known.map(([value, label]) => el("option", { value }, label)));
  node.value = chosen;
  return node;
}

function tagsControl(ticket, act) {
  if (!ticket.can.tag) return el("div", { class: "tags", id: "set-tags" }, ticket.tags.map((tag) => el("span", { class: "tag" }, el("bdi", {}, tag))));
  const input = el("input", { class: "tag", id: "set-tags", placeholder: t("add_tag"), maxlength: 32, autocomplete: "off" });
  const set = (tags) => act("tags", { tags });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && input.value.trim()) {
      const tag = input.value.trim();
      input.blur();
      set([...new Set([...ticket.tags, tag])]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.blur();
    }
  });
  return el("div", { class: "tags" }, ticket.tags.map((tag) =>
    el("span", { class: "tag" }, el("bdi", {}, tag), el("button", { class: "bare", type: "button", "aria-label": t("remove", { name: tag }),
      onclick: () => set(ticket.tags.filter((one) => one !== tag)) }, icon("close")))), input);
}

function promiseList(ticket) {
  if (!ticket.has_clock) return el("p", { class: "soft" }, t("no_clock"));
  if (!ticket.deadlines.length) return el("p", { class: "soft" }, t("no_promise"));
  return el("ul", { class: "promises" }, inOrder(ticket.deadlines).map((one) => promise(ticket.id, one)));
}

function windowWarning(shutting) {
  if (!shutting) return null;
  const text = shutting.is_desk_closed ? "window_closes_while_closed" : "window_closes";
  return el("p", { class: "window-warning" }, icon("warn"), t(text, { time: when(shutting.closes_at) }));
}

// Open deadlines, next first; then the met ones.
const inOrder = (deadlines) => [...deadlines].sort((a, b) =>
  Boolean(a.met_at) - Boolean(b.met_at) || (a.due_at || "9").localeCompare(b.due_at || "9"));

function promise(ticketId, one) {
  const state = one.met_at ? el("span", { class: "met" }, icon("check"), t("met", { time: when(one.met_at) }))
    : timeLeftNode(one);
  const late = one.missed_at && el("span", { class: "late" }, one.met_at ? t("met_late") : t("overdue_since", { time: when(one.missed_at) }));
  return el("li", {}, el("span", { class: "line" }, el("b", {}, one.label), state),
    el("span", { class: "line" },
      el("span", { class: "soft" }, one.due_at && (one.met_at || !one.missed_at) ? t("due_by", { time: when(one.due_at) }) : "", " ", late),
      el("button", { class: "bare why", type: "button", onclick: () => explain(ticketId, one) }, t("why"))));
}

// Loaded when it's first needed: most pages never explain a deadline.
async function explain(ticketId, one) {
  try {
    const { showExplanation } = await import("./deadline_explained.js");
    await showExplanation(ticketId, one);
  } catch {
    notice(t("unreachable"), { isBad: true });
  }
}

function detail(one) {
  return [el("dt", {}, one.label), el("dd", { dir: "auto" }, one.value,
    one.files.map((file) => (file.id
      ? el("a", { class: "file", href: `/inbox/files/${encodeURIComponent(file.id)}?name=${encodeURIComponent(file.name)}`, download: true }, icon("file"), el("bdi", {}, file.name || t(`file_${file.kind}`)), " ", sizeOf(file.size))
      : el("span", { class: "file" }, icon("file"), el("bdi", {}, file.name || t(`file_${file.kind}`))))))];
}

function customerNode(ticket, act) {
  return el("div", { class: "customer" },
    el("p", {}, el("b", {}, el("bdi", {}, ticket.name || t("no_name")))),
    ticket.company && el("p", { dir: "auto" }, ticket.company),
    ticket.plan && el("p", { class: "soft" }, t("plan", { plan: ticket.plan })),
    el("p", { class: "soft" }, t("writes_in", { language: t(`language_${ticket.locale}`) })),
    ticket.contact.addresses.map((one) => el("p", { class: "address" }, channelIcon(one.channel), el("bdi", {}, one.label))),
    ticket.contact.erasure_due_at && el("p", { class: "late" }, t("erasure_due", { time: when(ticket.contact.erasure_due_at) })),
    ticket.contact.ways.map((to) => el("button", { type: "button", id: `offer-${to}`, onclick: () => act(`offer-${to}`) }, t(`offer_${to}`))));
}

function otherTicketsNode(ticket) {
  return el("ul", { class: "others" }, ticket.contact.tickets.map((one) =>
    el("li", {}, el("a", { href: `/inbox/ticket/${encodeURIComponent(one.id)}` }, el("span", { class: "number" }, one.number), " ",
      el("bdi", {}, one.subject), el("span", { class: "soft" }, t(`status_${one.status}`))), mergeButton(ticket, one))));
}
