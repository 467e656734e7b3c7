// The composer: a reply to the customer, a note for colleagues, or a request for more information.

import { el, fill, find, icon } from "../shared/dom.js";
import { close as closeCanned, isOpen as isChoosing, offer, take as takeCanned } from "./canned_replies.js";
import { draftOf, forget, keep } from "./drafts.js";
import { upload } from "../shared/api.js";
import { at, now, sizeOf, t, when } from "../shared/i18n.js";

const MODES = ["reply", "note", "return"];
const LARGEST = 16 * 1024 * 1024;

const form = find("#composer");
const box = find("#words");
const sendButton = find("#send");
const picker = find("#picker");

let ticket = null;
let mode = "reply";
let files = [];
let onSend = () => {};
let onTyping = () => {};

export function begin(options) {
  ({ onSend, onTyping } = options);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  box.addEventListener("input", () => {
    grow();
    save();
    onTyping(box.value.trim().length > 0, mode !== "note");
    if (mode !== "note") offer(box, ticket);
  });
  box.addEventListener("blur", () => setTimeout(closeCanned, 150));
  box.addEventListener("keydown", keys);
  box.addEventListener("paste", (event) => take(event.clipboardData?.files, event));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => take(event.dataTransfer?.files, event));
  picker.addEventListener("change", () => { take(picker.files); picker.value = ""; });
  find("#attach").addEventListener("click", () => picker.click());
  for (const name of MODES) find(`#mode-${name}`).addEventListener("click", () => { choose(name); save(); box.focus(); });
}

export function showComposer(next) {
  const isOther = ticket?.id !== next.id;
  ticket = next;
  box.disabled = false;
  if (isOther) {
    const draft = draftOf(ticket);
    files = [];
    box.value = draft.text;
    choose(MODES.includes(draft.mode) ? draft.mode : "reply");
    grow();
  }
  form.hidden = !ticket.can.write;
  find("#mode-reply").disabled = !ticket.can.reply;
  find("#mode-return").disabled = !ticket.can.return;
  if (find(`#mode-${mode}`).disabled) choose("note");
  about();
}

// Another ticket is loading: what's typed meanwhile mustn't go to the previous one.
export function pause() {
  box.disabled = true;
}

export function choose(name) {
  mode = name;
  form.dataset.mode = mode;
  for (const one of MODES) find(`#mode-${one}`).setAttribute("aria-pressed", String(one === mode));
  box.placeholder = t(`placeholder_${mode}`, { name: ticket?.name || t("the_customer"), language: t(`language_${ticket?.locale}`) });
  box.setAttribute("aria-label", t(`mode_${mode}`));
  if (mode === "note") box.removeAttribute("lang");
  else box.lang = ticket?.locale || "";
  fill(sendButton, t(`send_${mode}`));
  about();
  ready();
}

export function write(name) {
  if (!ticket || form.hidden) return;
  if (name && name !== mode && !find(`#mode-${name}`).disabled) {
    choose(name);
    save();
  }
  box.focus();
}

// Restore text that was undone or rejected, above what has been typed since.
export function restoreDraft(mine) {
  if (mine.ticketId !== ticket?.id) {
    keep(mine.ticketId, { text: mine.text, mode: mine.mode });
    return;
  }
  choose(mine.mode);
  box.value = box.value.trim() ? `${mine.text}\n${box.value}` : mine.text;
  files = [...mine.files, ...files];
  grow();
  showFiles();
  save();
  box.focus();
}

const ALT_SHORTCUTS = { KeyR: "reply", KeyN: "note", KeyM: "return" };

function keys(event) {
  if (isChoosing() && takeCanned(event)) return;
  const other = event.altKey && !event.ctrlKey && !event.metaKey && ALT_SHORTCUTS[event.code];
  if (other) {
    event.preventDefault();
    write(other);
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && !event.isComposing) {
    event.stopPropagation();
    find("#thread-scroll").focus();
  }
}

function send() {
  const text = box.value.trim();
  const isBusy = files.some((file) => !file.id);
  if (!ticket || isBusy || (!text && !files.length) || (mode === "return" && !text)) return;
  const seen = ticket.items.filter((item) => item.type === "message").at(-1)?.id || "";
  const sent = { ticketId: ticket.id, mode, text, files: mode === "return" ? [] : files, seen };
  box.value = "";
  files = [];
  forget(ticket.id);
  grow();
  showFiles();
  onTyping(false);
  onSend(sent);
  if (mode === "return") choose("reply");
}

function save() {
  if (ticket) keep(ticket.id, { text: box.value, mode });
  ready();
}

function ready() {
  sendButton.disabled = !box.value.trim() && !files.length;
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, window.innerHeight * 0.4)}px`;
}

// Hints: the customer's language, and whether WhatsApp's window is open.
function about() {
  if (!ticket) return;
  const parts = [];
  if (mode === "note") parts.push(el("span", {}, icon("lock"), t("note_hint")));
  else {
    parts.push(el("span", {}, el("b", {}, ticket.locale.toUpperCase()), " ", t("writes_in", { language: t(`language_${ticket.locale}`) })));
    if (mode === "return") parts.push(el("span", {}, icon("hold"), t("return_hint")));
    const closes = ticket.contact.window_closes_at;
    if (ticket.contact.channel === "whatsapp") {
      const isOpen = closes && Date.parse(closes) > now();
      parts.push(isOpen
        ? el("span", { class: Date.parse(closes) - now() < 7200000 ? "warn" : "" }, icon("clock"), t("window_open", { time: Date.parse(closes) - now() < 43200000 ? at(closes) : when(closes) }))
        : el("span", { class: "warn" }, icon("warn"), windowClosedText()));
    }
  }
  fill(find("#about"), parts);
}

// What happens to a reply while WhatsApp's window is closed.
function windowClosedText() {
  const { invited_at: invited, is_invitation_ready: isReady } = ticket.contact;
  if (invited) return t("window_closed_invited", { time: when(invited) });
  return t(isReady ? "window_closed_ready" : "window_closed");
}

function take(list, event) {
  if (!list?.length || !ticket) return;
  event?.preventDefault();
  for (const file of list) attach(file);
}

async function attach(file) {
  const kind = ["image", "audio", "video"].find((name) => file.type.startsWith(`${name}/`)) || "document";
  const one = { name: file.name, size: file.size, kind, media_type: file.type, id: "", problem: "" };
  files.push(one);
  if (file.size > LARGEST) one.problem = t("problem_too_big");
  showFiles();
  if (one.problem) return;
  try {
    Object.assign(one, (await upload(file)).file);
  } catch (error) {
    one.problem = error.words || t("not_uploaded");
  }
  showFiles();
}

function showFiles() {
  fill(find("#files"), files.map((file) =>
    el("li", { class: file.problem ? "file bad" : "file" }, icon(file.id ? "file" : file.problem ? "warn" : "clock"),
      el("bdi", {}, file.name), el("span", { class: "soft" }, file.problem || sizeOf(file.size)),
      el("button", { class: "bare", type: "button", "aria-label": t("remove", { name: file.name }), onclick: () => {
        files = files.filter((one) => one !== file);
        showFiles();
      } }, icon("close")))));
  ready();
}

