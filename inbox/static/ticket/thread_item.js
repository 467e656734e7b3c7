// One line of the thread: a message, a note, an event, or a message still being sent.

import { el, icon } from "../shared/dom.js";
import { at, dateTimeLong, sizeOf, t } from "../shared/i18n.js";

const TICKS = { sent: "check", delivered: "checks", read: "checks", queued: "clock", sending: "clock", held: "hold", failed: "warn", uncertain: "warn" };

export function makeItem(item, actions) {
  if (item.type === "day") return el("li", { class: "day" }, el("span", {}, item.words));
  if (item.type === "event") return makeEvent(item, actions);
  if (item.type === "fold") return makeFold(item, actions);
  return makeMessage(item, actions);
}

function makeEvent(item, actions) {
  return el("li", { class: item.pending ? `event ${item.kind} pending` : `event ${item.kind}` },
    el("time", { datetime: item.at, title: dateTimeLong(item.at) }, at(item.at)), " ", el("bdi", {}, item.words),
    item.pending && pendingNode(item, actions));
}

function makeFold({ count, is_open: isOpen }, { onFold }) {
  return el("li", { class: "event fold" }, t("intake", { count }), " · ",
    el("button", { class: "bare", type: "button", "aria-expanded": String(isOpen), "aria-label": `${t("intake", { count })}, ${t(isOpen ? "hide" : "show")}`, onclick: onFold },
      t(isOpen ? "hide" : "show")));
}

function makeMessage(item, actions) {
  const side = item.author === "customer" ? "theirs" : "ours";
  const classes = ["message", side, item.author, item.is_first && "first", item.pending && "pending"].filter(Boolean).join(" ");
  return el("li", { class: classes },
    item.is_first && el("p", { class: "author" }, ...authorOf(item)),
    el("div", { class: "bubble" },
      item.quoted && el("blockquote", { dir: "auto" }, item.quoted.text || t("a_file")),
      item.is_forwarded && el("p", { class: "aside" }, t("forwarded")),
      item.referral && el("p", { class: "aside" }, t("from_an_ad", { words: item.referral })),
      item.files.map(fileNode),
      item.text && el("p", { class: "text", dir: "auto" }, linkify(item.text)),
      item.options.length > 0 && el("ul", { class: "options" }, item.options.map((option) => el("li", {}, option))),
      !item.text && !item.files.length && !item.options.length && el("p", { class: "aside" }, t(item.is_withdrawal ? "taken_back" : `kind_${item.kind}`)),
      el("p", { class: "meta" },
        (item.is_edit || item.is_corrected) && `${t(item.is_corrected ? "corrected" : "edited")} · `,
        el("time", { datetime: item.at, title: dateTimeLong(item.at) }, at(item.at)),
        item.delivery && tick(item.delivery))),
    item.delivery && errorNode(item, actions),
    item.pending && pendingNode(item, actions));
}

function authorOf(item) {
  if (item.author === "note") return [icon("lock"), el("bdi", {}, item.name), " · ", t("note_badge")];
  if (item.author === "bot") return [icon("bot"), t("the_desk")];
  return [el("bdi", {}, item.name)];
}

function tick(delivery) {
  const label = [delivery.words, delivery.reason].filter(Boolean).join(". ");
  return el("span", { class: `tick ${delivery.status}`, role: "img", "aria-label": label, title: label }, icon(TICKS[delivery.status] || "clock"));
}

function errorNode(item, { onTryAgain, onTakeBack }) {
  const { status, words, reason, detail, can_try_again: canTryAgain, can_withdraw: canWithdraw } = item.delivery;
  if (status !== "failed" && status !== "uncertain" && status !== "held") return null;
  const why = [reason, detail].filter(Boolean).join(" ");
  const said = why ? t("trouble", { status: words, reason: why }) : words;
  return el("p", { class: `trouble ${status}` }, icon(TICKS[status]), el("span", {}, said),
    canTryAgain && el("button", { class: "bare", type: "button", onclick: () => onTryAgain(item) }, t("try_again")),
    canWithdraw && el("button", { class: "bare", type: "button", onclick: () => onTakeBack(item) }, t("edit")));
}

function pendingNode(item, { onUndo, onEdit, onSendAnyway }) {
  const { state, words, code, mode } = item.pending;
  if (state === "waiting") {
    return el("p", { class: "trouble undo" }, el("span", {}, t("sending")),
      el("button", { class: "bare", type: "button", onclick: () => onUndo(item) }, t("undo")));
  }
  if (state === "refused") {
    return el("p", { class: "trouble failed", role: "alert" }, icon("warn"), el("span", {}, words),
      (code === "newer" || code === "unanswered") && el("button", { class: "bare", type: "button", onclick: () => onSendAnyway(item) }, t(mode === "resolve" ? "solve_anyway" : "send_anyway")),
      el("button", { class: "bare", type: "button", onclick: () => onEdit(item) }, t(mode === "resolve" ? "cancel" : "edit")));
  }
  return el("p", { class: "trouble" }, state === "offline" ? t("sends_when_back") : t("sending"));
}

function fileNode(file) {
  const name = file.name || t(`file_${file.kind}`);
  if (file.problem) return el("p", { class: "file" }, icon("warn"), el("bdi", {}, name), el("span", { class: "soft" }, t(`problem_${file.problem}`)));
  if (!file.id) return el("p", { class: "file" }, icon("clock"), el("bdi", {}, name), el("span", { class: "soft" }, t("being_fetched")));
  const href = `/inbox/files/${encodeURIComponent(file.id)}?name=${encodeURIComponent(file.name || "")}`;
  if (file.kind === "image" || file.kind === "sticker") {
    return el("a", { class: `picture ${file.kind}`, href }, el("img", { src: href, alt: name, loading: "lazy" }));
  }
  if (file.kind === "audio") return el("audio", { controls: true, preload: "none", src: href, "aria-label": name });
  const about = [file.media_type, sizeOf(file.size)].filter(Boolean).join(" · ");
  return el("a", { class: "file", href, download: true }, icon("file"), el("bdi", {}, name), el("span", { class: "soft" }, about));
}

// URLs become links; everything else stays text.
export function linkify(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"'`]+/g)) {
    const address = found[0].replace(/[.,;:!?)\]}»”’]+$/u, "");
    if (!URL.canParse(address)) continue;
    parts.push(text.slice(from, found.index));
    parts.push(el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address));
    from = found.index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}
