// Explains a promise: every stretch of time that was counted or skipped, from its start to where it falls due.

import { el, fill, find } from "./dom.js";
import { get } from "./net.js";
import { notice } from "./notices.js";
import { at, dateOf, span, t, when } from "./words.js";

const dialog = find("#why");

export async function showWhy(ticketId, { target, turn, label, due_at: due }) {
  try {
    const told = await get(`/tickets/${encodeURIComponent(ticketId)}/why/${target}/${turn}`);
    fill(dialog,
      el("h2", { id: "why-title" }, due ? t("why_title", { target: label, time: when(due) }) : t("why_held", { target: label })),
      el("ol", { class: "stretches" }, told.stretches.map(stretch)),
      el("p", {}, t("why_sum", { counted: span(told.counted_seconds * 1000), allowance: told.allowance })),
      el("div", { class: "buttons" }, el("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, t("close"))));
    dialog.showModal();
  } catch (error) {
    notice(error.words || t("unreachable"), { isBad: true });
  }
}

function stretch(one) {
  const end = dateOf(one.from) === dateOf(one.to) ? at(one.to) : when(one.to);
  return el("li", { class: one.is_counted ? "counted" : "" },
    el("span", {}, `${when(one.from)} – ${end}`), el("bdi", {}, one.reason), el("span", { class: "length" }, one.is_counted ? span(one.seconds * 1000) : "–"));
}
