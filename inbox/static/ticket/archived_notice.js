// Replaces the composer for an archived ticket: since when, and a button to bring it back.

import { el, fill, find } from "../shared/dom.js";
import { dateLong, t } from "../shared/i18n.js";

const place = find("#archived");

// act(action): run an action on the open ticket.
export function showArchived(ticket, act) {
  const isShown = !place.hidden && place.dataset.ticket === ticket.id;
  place.hidden = !ticket.archived_at;
  place.dataset.ticket = ticket.id;
  if (place.hidden || isShown) return;
  const { bring_back: canComeBack } = ticket.can;
  fill(place,
    el("p", {}, el("b", {}, t("archived_on", { date: dateLong(ticket.archived_at) })), " ",
      el("span", { class: "soft" }, t(canComeBack ? "archived_hint" : "archived_part_hint"))),
    canComeBack && el("button", { type: "button", id: "bring-back", onclick: () => act("bring-back") }, t("bring_back")));
}
