// One message on a screen: text, files, location, contact card, sticker, buttons, ticks.

import { el, icon, iconButton, linkify, menu } from "/page/dom.js";
import { say, time, day, size } from "/page/translations.js";

const SERVICE = {
  forum_topic_created: "created the topic", forum_topic_edited: "renamed the topic", forum_topic_closed: "closed the topic",
  forum_topic_reopened: "reopened the topic", pinned_message: "pinned a message",
  migrate_to_chat_id: "Move the group to a new id", migrate_from_chat_id: "Move the group to a new id",
};
const REACTIONS = ["👍", "❤", "😁", "🙏", "🔥", "👀"];
const COLOURS = ["#c4553b", "#2f7fb3", "#7a57b8", "#2e8a5b", "#b3862f", "#b0487d"];

export const colourOf = (name) => COLOURS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS.length];

// Redraw changed messages, and stay at the end if the reader was there.
export function drawMessages(list, messages, context) {
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const wanted = [];
  let lastDay = "";
  messages.forEach((message, n) => {
    const on = day(message.at);
    if (on !== lastDay) wanted.push(kept(known, `day-${on}`, on, () => el("div", { class: "day" }, el("span", {}, on))));
    lastDay = on;
    const follows = n > 0 && messages[n - 1].from === message.from && messages[n - 1].author === message.author && !messages[n - 1].service;
    wanted.push(kept(known, message.id, JSON.stringify([message, follows]), () => bubble(message, follows, context)));
  });
  const stays = new Set(wanted);
  [...list.children].filter((node) => !stays.has(node)).forEach((node) => node.remove());
  wanted.forEach((node, n) => { if (list.children[n] !== node) list.insertBefore(node, list.children[n] ?? null); });
  if (context.stick) list.isAtEnd = true;
  context.stick = false;
  scrollToEnd(list);
}

// Keep a reader who is at the end there, even when pictures load late.
export function keepAtEnd(list) {
  list.isAtEnd = true;
  list.addEventListener("scroll", () => { list.isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80; });
  list.addEventListener("load", () => scrollToEnd(list), true);
  new ResizeObserver(() => scrollToEnd(list)).observe(list);
}

const scrollToEnd = (list) => { if (list.isAtEnd) list.scrollTop = list.scrollHeight; };

function kept(known, key, state, make) {
  const old = known.get(String(key));
  if (old && old.dataset.state === state) return old;
  const node = make();
  node.dataset.key = key;
  node.dataset.state = state;
  if (old) node.classList.add("still");
  return node;
}

function bubble(message, follows, context) {
  if (message.service) return el("div", { class: "day service" }, el("span", {}, `${message.author} ${say(SERVICE[message.service])}`));
  const side = message.from === "me" ? "mine" : "theirs";
  const kind = message.sticker ? "bare" : message.attachments[0]?.kind === "image" ? "picture" : "";
  const author = context.isGroup && message.from !== "me" && !follows;
  return el(
    "article",
    { class: `row ${side} ${follows ? "follows" : ""}` },
    el(
      "div",
      { class: `bubble ${kind}` },
      author ? el("b", { class: "author", style: { color: message.from === "desk" ? "#2e7d6b" : colourOf(message.author) } }, message.author) : null,
      message.reply_to ? quote(message.reply_to) : null,
      ...inside(message),
      text(message),
      foot(message),
      actions(message, context),
    ),
    keyboard(message, context),
    message.reactions.length ? el("div", { class: "reactions" }, message.reactions.map((each) => el("span", {}, each))) : null,
  );
}

function quote(original) {
  const author = original.from === "me" ? "" : original.from === "desk" ? say("Support desk") : original.from;
  return el("div", { class: "quote" }, author ? el("b", {}, author) : null, el("span", {}, original.text || "…"));
}

function inside(message) {
  const parts = message.attachments.map(attachment);
  if (message.location?.latitude !== undefined) parts.push(map(message.location));
  if (message.contact?.name) parts.push(card(message.contact));
  if (message.sticker) parts.push(sticker(message.sticker));
  return parts;
}

function attachment(file) {
  if (file.kind === "image") {
    return el("a", { class: "photo", href: file.url, target: "_blank", rel: "noopener" }, el("img", { src: file.url, alt: file.name, loading: "lazy" }));
  }
  if (file.kind === "audio" || file.kind === "voice") return voice(file);
  if (file.kind === "video") return el("video", { src: file.url, controls: true, preload: "metadata" });
  const extension = (file.name.split(".").pop() || "").slice(0, 4).toUpperCase();
  return el(
    "a",
    { class: "file", href: file.url, download: file.name },
    el("span", { class: "sheet" }, extension),
    el("span", {}, el("b", {}, file.name), el("small", {}, `${file.type} · ${size(file.size)}`)),
  );
}

function voice(file) {
  const audio = new Audio(file.url);
  const button = iconButton("play", say("Voice note"), () => (audio.paused ? audio.play() : audio.pause()));
  audio.onplay = () => button.replaceChildren(icon("pause"));
  audio.onpause = () => button.replaceChildren(icon("play"));
  const length = el("small");
  audio.onloadedmetadata = () => { if (!Number.isFinite(audio.duration)) return; length.textContent = `${Math.floor(audio.duration / 60)}:${String(Math.round(audio.duration % 60)).padStart(2, "0")}`; };
  const bars = [...Array(28)].map((_, n) => el("i", { style: { "--h": `${22 + ((n * 37 + file.size) % 74)}%` } }));
  return el("div", { class: "voice" }, button, el("div", { class: "wave", "aria-hidden": "true" }, bars), length);
}

function map(place) {
  const where = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
  return el("div", { class: "map" }, el("div", { class: "tiles" }, icon("place")), el("small", {}, place.label || place.address || where));
}

function card(contact) {
  return el("div", { class: "card" }, el("span", { class: "avatar", style: { "--tint": colourOf(contact.name) } }, contact.name[0]), el("span", {}, el("b", {}, contact.name), el("small", {}, contact.phone)));
}

const FACES = { thanks: "🙏", yes: "👍", love: "❤️", wow: "😮", hurry: "⏰" };
export const sticker = (name) => el("div", { class: "sticker", role: "img", "aria-label": name }, FACES[name] ?? name);

function text(message) {
  if (message.html !== undefined) return message.text ? el("div", { class: "text", html: message.html }) : null;
  return message.text ? el("div", { class: "text" }, whatsappMarks(message.text)) : null;
}

// WhatsApp's own formatting: *bold*, _italic_, ~struck~.
function whatsappMarks(source) {
  const TAGS = { "*": "b", _: "i", "~": "s" };
  return source.split(/((?<!\w)[*_~][^\s*_~](?:[^*_~\n]*[^\s*_~])?[*_~](?!\w))/).flatMap((part, n) =>
    n % 2 ? [el(TAGS[part[0]], {}, part.slice(1, -1))] : linkify(part),
  );
}

function foot(message) {
  return el("div", { class: "foot" }, message.is_pinned ? icon("pin") : null, message.is_edited ? say("edited") : null, el("time", {}, time(message.at)), ticks(message));
}

const TICKS = { queued: "🕓", sent: "✓", delivered: "✓✓", read: "✓✓", failed: "!", undelivered: "!" };
function ticks(message) {
  if (message.from !== "me" || !message.ticks) return null;
  return el("span", { class: `ticks ${message.ticks}`, title: say(message.ticks) }, TICKS[message.ticks] ?? "");
}

function actions(message, context) {
  return iconButton("dots", say("More"), (event) => { event.stopPropagation(); menu(event.currentTarget.parentElement, entries(message, context)); }, { class: "icon-button more" });
}

function entries(message, context) {
  const found = [{ label: say("Reply"), icon: "reply", act: () => context.onReply(message) }];
  if (context.onEdit && message.from === "me") found.push({ label: say("Edit"), icon: "edit", act: () => context.onEdit(message) });
  if (context.onReact) found.push(...REACTIONS.map((emoji) => ({ label: emoji, act: () => context.onReact(message, emoji) })));
  return found;
}

function keyboard(message, context) {
  if (!message.buttons.length) return null;
  if (message.list_button) return listPicker(message, context);
  return el("div", { class: "keyboard" }, message.buttons.map((row) => el("div", {}, row.map((button) => key(message, button, context)))));
}

function key(message, button, context) {
  if (button.url) return el("a", { class: "key", href: button.url, target: "_blank", rel: "noopener" }, button.label, " ↗");
  const chosen = message.chosen && [button.id, button.label].includes(message.chosen);
  return el("button", { type: "button", class: `key ${chosen ? "chosen" : ""}`, onclick: () => context.onPress(message, button) }, button.label);
}

function listPicker(message, context) {
  const open = (event) => {
    event.stopPropagation();
    menu(event.currentTarget.parentElement, message.buttons.flat().map((row) => ({ label: row.label, hint: row.description, act: () => context.onPress(message, row) })));
  };
  return el("div", { class: "keyboard" }, el("div", {}, el("button", { type: "button", class: "key", onclick: open }, icon("list"), message.list_button)));
}
