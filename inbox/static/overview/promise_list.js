// The tickets behind a figure, in a dialog, with missed deadlines first.

import { el, fill, find, icon } from "../shared/dom.js";
import { ask } from "../shared/api.js";
import { notice } from "../shared/toasts.js";
import { t, when } from "../shared/i18n.js";

// A figure as a button that opens the tickets behind it. about: { stretch, sort, key }.
export const figureButton = (about, title, mark, ...shown) =>
  el("button", { type: "button", class: "figure", "data-mark": mark, "aria-haspopup": "dialog", onclick: () => open(about, title) }, ...shown);

async function open(about, title) {
  try {
    draw(title, about, await ask(`/overview/api/promises?${new URLSearchParams(about)}`, {}));
    find("#behind").showModal();
  } catch (error) {
    notice(error.words || t("unreachable"), { isBad: true });
  }
}

function draw(title, about, { promises, left_out: leftOut }) {
  const dialog = find("#behind");
  fill(dialog,
    el("header", {}, el("h2", { id: "behind-title" }, title),
      el("button", { type: "button", class: "bare", autofocus: true, "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
    el("ul", {}, promises.map((one) => line(one, about))),
    leftOut > 0 && el("p", { class: "soft small" }, t("behind_left_out", { count: leftOut })));
}

const line = (one, about) => el("li", {},
  el("a", { href: `/inbox/ticket/${encodeURIComponent(one.ticket)}` }, one.number),
  el("span", { class: "subject" }, el("bdi", {}, one.name || t("no_name")), one.subject && [" · ", el("bdi", {}, one.subject)]),
  el("span", { class: one.is_kept ? "soft small" : "late small" }, about.sort !== "target" && `${one.label}, `, outcomeText(one)));

const outcomeText = ({ is_kept: isKept, at }) => t(isKept ? "was_kept" : "was_missed", { time: when(at) });
