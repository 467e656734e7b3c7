// Short words at the foot of the page, also read aloud; and the one question that must be answered first.

import { el, fill, find } from "./dom.js";
import { t } from "./words.js";

const place = find("#notices");

export function notice(words, { isBad = false, action = null } = {}) {
  const node = el("p", { class: isBad ? "notice bad" : "notice" }, el("span", {}, words),
    action && el("button", { class: "bare", type: "button", onclick: () => { node.remove(); action.run(); } }, action.words));
  place.append(node);
  setTimeout(() => node.remove(), isBad ? 8000 : 5000);
}

export function say(words) {
  find("#aloud").textContent = words;
}

// Resolves to whether the agent said yes.
export function ask(question, yes) {
  const dialog = find("#ask");
  return new Promise((resolve) => {
    const answer = (is) => { dialog.close(); resolve(is); };
    fill(dialog, el("p", {}, question), el("div", { class: "buttons" },
      el("button", { type: "button", onclick: () => answer(false) }, t("no")),
      el("button", { type: "button", class: "main", autofocus: true, onclick: () => answer(true) }, yes)));
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
