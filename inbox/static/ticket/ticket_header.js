// The ticket's header: number, subject, status and actions.

import { badgesOf } from "./quote_and_access.js";
import { el, fill, find, icon } from "../shared/dom.js";
import { channelIcon, timeLeftNode } from "../list/row_parts.js";
import { t } from "../shared/i18n.js";

const head = find("#head");

export function showHeader(ticket, { act, onBack }) {
  const { id, number, subject, name, company, can, channel, locale, deadlines } = ticket;
  const status = ticket.archived_at ? "archived" : ticket.status;
  const print = JSON.stringify([id, number, subject, status, name, company, can, channel, locale, deadlines, ticket.is_vip]);
  if (head.print === print || head.contains(document.activeElement?.closest("input"))) return;
  head.print = print;
  const first = deadlines.filter((one) => !one.met_at).sort((a, b) => (a.due_at || "9").localeCompare(b.due_at || "9"))[0];
  fill(head,
    el("button", { class: "bare back", type: "button", "aria-label": t("back"), onclick: () => onBack() }, icon("back")),
    title(ticket, act),
    el("p", { class: "soft facts" }, el("span", { class: "number" }, number), el("span", { class: `status ${status}` }, t(`status_${status}`)),
        badgesOf(ticket), first && timeLeftNode(first),
        el("span", { class: "from" }, channelIcon(channel), el("bdi", {}, [name || t("no_name"), company].filter(Boolean).join(" · ")))),
    el("div", { class: "buttons" },
      can.claim && button("hand", t("claim"), "c", () => act("claim")),
      can.release && button("play", t("release"), "h", () => act("release")),
      can.hold && button("hold", t("hold"), "h", () => act("hold")),
      can.resolve && button("check", t("resolve"), "e", () => act("resolve"), "go"),
      can.reopen && button("reopen", t("reopen"), "e", () => act("reopen")),
      el("button", { type: "button", id: "toggle-details", class: "bare", title: `${t("details")} (i)`, "aria-label": t("details"), "aria-expanded": "false", onclick: toggle }, icon("info"))));
}

function toggle(event) {
  const isOpen = find("#app").toggleAttribute("data-details");
  event.currentTarget.setAttribute("aria-expanded", String(isOpen));
}

function button(sign, words, key, run, className = "") {
  return el("button", { type: "button", class: className, title: `${words} (${key})`, "aria-keyshortcuts": key, onclick: run }, icon(sign), el("span", {}, words));
}

// The subject is a button that turns into an input.
function title(ticket, act) {
  const words = ticket.subject || ticket.number;
  if (!ticket.can.rename) return el("h2", {}, el("bdi", {}, words));
  const heading = el("h2", {}, el("button", { class: "bare rename", type: "button", title: t("rename"), onclick: () => { heading.replaceWith(edit); input.onblur = done; input.focus(); input.select(); } },
    el("bdi", {}, words), icon("pen")));
  const input = el("input", { value: ticket.subject, maxlength: 120, "aria-label": t("rename") });
  const edit = el("form", { class: "renaming", onsubmit: (event) => {
    event.preventDefault();
    const subject = input.value.trim();
    done();
    if (subject && subject !== ticket.subject) act("subject", { subject });
  } }, input);
  const done = () => {
    if (head.contains(heading)) return; // removing the input blurs it, which calls this again
    head.print = "";
    input.onblur = null;
    edit.replaceWith(heading);
  };
  input.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); done(); } });
  input.onblur = done;
  return heading;
}
