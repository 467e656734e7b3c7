// Asks before something that can't be undone; the safe choice has the focus.

import { el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";

// Whether the agent chose `yes`.
export function confirmed(words, yes) {
  return new Promise((decide) => {
    const dialog = el("dialog", { class: "confirm", "aria-label": words, onclose: () => { dialog.remove(); decide(dialog.returnValue === "yes"); } },
      el("p", {}, words),
      el("div", { class: "buttons" },
        el("button", { type: "button", autofocus: true, onclick: () => dialog.close("no") }, t("cancel")),
        el("button", { type: "button", class: "main", onclick: () => dialog.close("yes") }, yes)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
