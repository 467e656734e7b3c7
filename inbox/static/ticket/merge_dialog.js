// Merges the open ticket into another of the same customer, after a confirmation: it can't be undone.

import { el, find } from "../shared/dom.js";
import { post } from "../shared/api.js";
import { notice, say } from "../shared/toasts.js";
import { t } from "../shared/i18n.js";

export function mergeButton(ticket, other) {
  if (!ticket.can.merge || !other.is_live) return null;
  return el("button", { class: "bare why", type: "button", "aria-label": t("merge_aloud", { other: other.number }), onclick: () => ask(ticket, other) }, t("merge"));
}

function ask(ticket, other) {
  const dialog = el("dialog", { "aria-labelledby": "merge-title", onclose: () => dialog.remove() },
    el("h2", { id: "merge-title" }, t("merge_title", { number: ticket.number, other: other.number })),
    el("p", {}, t("merge_text", { number: ticket.number, other: other.number })),
    el("div", { class: "buttons" },
      el("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, t("cancel")),
      el("button", { type: "button", class: "main", onclick: () => { dialog.close(); merge(ticket, other); } }, t("merge"))));
  document.body.append(dialog);
  dialog.showModal();
}

async function merge(ticket, other) {
  try {
    await post(`/tickets/${encodeURIComponent(ticket.id)}/merge`, { into: other.id });
    say(t("done"));
    find(`#details a[href="/inbox/ticket/${CSS.escape(encodeURIComponent(other.id))}"]`)?.click();
  } catch (error) {
    notice(error.words || t("unreachable"), { isBad: true });
  }
}
