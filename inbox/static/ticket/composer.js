// The composer: a reply to the customer, a note for colleagues, or a request for more information.

import { el, fill, find, icon } from "../shared/dom.js";
import { close as closeCanned, isOpen as isChoosing, offer, take as takeCanned } from "./canned_replies.js";
import { attach, showFiles, whyNotSent } from "./attachments.js";
import { stateOf, update } from "./drafts.js";
import { at, now, t, when } from "../shared/i18n.js";

const MODES = ["reply", "note", "return"];
const LONGEST = 20000; // characters

const form = find("#composer");
const box = find("#words");
const sendButton = find("#send");
const picker = find("#picker");

let ticket = null;
let draft = { text: "", mode: "reply", files: [], refused: [] }; // of that ticket
let onSend = () => {};
let onTyping = () => {};

export function begin(options) {
  ({ onSend, onTyping } = options);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  box.addEventListener("input", () => {
    grow();
    save();
    onTyping(box.value.trim().length > 0, draft.mode !== "note");
    if (draft.mode !== "note") offer(box, ticket);
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
  ticket = next;
  box.disabled = false;
  draft = stateOf(ticket);
  showDraft();
  form.hidden = !ticket.can.write;
  find("#mode-reply").disabled = !ticket.can.reply;
  find("#mode-return").disabled = !ticket.can.return;
  if (find(`#mode-${draft.mode}`).disabled) choose("note");
}

// Show the draft as it is now: of another ticket, or as another device has changed it.
export function showDraft() {
  if (box.value !== draft.text) {
    box.value = draft.text;
    grow();
  }
  choose(MODES.includes(draft.mode) ? draft.mode : "reply");
  showFiles(draft, removeFile);
}

// Another ticket is loading: what's typed meanwhile mustn't go to the previous one.
export function pause() {
  box.disabled = true;
}

export function choose(name) {
  draft.mode = name;
  form.dataset.mode = name;
  for (const one of MODES) find(`#mode-${one}`).setAttribute("aria-pressed", String(one === name));
  box.placeholder = t(`placeholder_${name}`, { name: ticket?.name || t("the_customer"), language: t(`language_${ticket?.locale}`) });
  box.setAttribute("aria-label", t(`mode_${name}`));
  if (name === "note") box.removeAttribute("lang");
  else box.lang = ticket?.locale || "";
  fill(sendButton, t(`send_${name}`));
  about();
  ready();
}

export function write(name) {
  if (!ticket || form.hidden) return;
  if (name && name !== draft.mode && !find(`#mode-${name}`).disabled) {
    choose(name);
    save();
  }
  box.focus();
}

// Restore text that was undone or rejected, above what has been typed since.
export function restoreDraft(mine) {
  if (mine.ticketId !== ticket?.id) {
    update(mine.ticketId, { text: mine.text, mode: mine.mode, files: mine.files });
    return;
  }
  choose(mine.mode);
  box.value = box.value.trim() ? `${mine.text}\n${box.value}` : mine.text;
  draft.files = [...mine.files, ...draft.files];
  grow();
  showFiles(draft, removeFile);
  save();
  box.focus();
}

function keys(event) {
  if (isChoosing() && takeCanned(event)) return;
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
  const { mode, files } = draft;
  if (!ticket || whyNot() || (!text && !files.length) || (mode === "return" && !text)) return;
  const seen = ticket.items.filter((item) => item.type === "message").at(-1)?.id || "";
  const sent = { ticketId: ticket.id, mode, text, files: mode === "return" ? [] : files, seen };
  box.value = "";
  draft = update(ticket.id, { text: "", files: mode === "return" ? files : [], mode: mode === "return" ? "reply" : mode }, { isNow: true });
  grow();
  showDraft();
  onTyping(false);
  onSend(sent);
}

function save() {
  if (ticket) draft = update(ticket.id, { text: box.value, mode: draft.mode });
  ready();
}

function ready() {
  const why = whyNot();
  find("#hint").textContent = why;
  find("#hint").hidden = !why;
  sendButton.disabled = Boolean(why) || (!box.value.trim() && !draft.files.length);
}

// Why what's written can't be sent; "" if it can.
function whyNot() {
  const { length } = box.value.trim();
  if (length > LONGEST) return t("too_long", { count: length.toLocaleString(), limit: LONGEST.toLocaleString() });
  return whyNotSent(draft.files);
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, window.innerHeight * 0.4)}px`;
}

// Hints: the customer's language, and whether WhatsApp's window is open.
function about() {
  if (!ticket) return;
  const parts = [];
  if (draft.mode === "note") parts.push(el("span", {}, icon("lock"), t("note_hint")));
  else {
    parts.push(el("span", {}, el("b", {}, ticket.locale.toUpperCase()), " ", t("writes_in", { language: t(`language_${ticket.locale}`) })));
    if (draft.mode === "return") parts.push(el("span", {}, icon("hold"), t("return_hint")));
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
  const [ticketId, state] = [ticket.id, draft];
  attach(list, ticketId, state, () => {
    if (draft !== state) return;
    showFiles(state, removeFile);
    ready();
  });
  update(ticketId, {});
}

function removeFile(file) {
  draft = update(ticket.id, { files: draft.files.filter((one) => one !== file) });
  showFiles(draft, removeFile);
  ready();
}
