// Toasts at the bottom of the page, announced to screen readers.

import { el, find } from "./dom.js";

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
