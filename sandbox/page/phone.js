// One phone: its frame, its chat with the desk, and everything its holder can do.

import { el, icon, iconButton, menu, toast } from "/page/dom.js";
import { asFile, get, patch, post, remove } from "/page/api.js";
import { drawMessages, keepAtEnd, sticker } from "/page/messages.js";
import { openings, say } from "/page/translations.js";

const PLACES = [
  { latitude: 38.7139, longitude: -9.1394, label: "Rossio, Lisboa" },
  { latitude: 48.8606, longitude: 2.3376, label: "Rue de Rivoli, Paris" },
  { latitude: 40.4168, longitude: -3.7038, label: "Puerta del Sol, Madrid" },
];
const CONTACTS = [{ name: "Nadia Pereira", phone: "+351912000117" }, { name: "Hugo Martin", phone: "+33612000117" }];
const randomOf = (choices) => choices[Math.floor(Math.random() * choices.length)];

// `chat` is "desk" or "forum"; `holder()` returns the person whose phone it is now.
export class Chat {
  constructor({ channel, chat = "desk", holder, thread = () => null, read, isGroup = false, empty }) {
    Object.assign(this, { channel, chat, holder, thread, read, isGroup, empty });
    this.reply = this.editing = null;
    this.context = {
      isGroup,
      onReply: (message) => this.quote(message),
      onPress: (message, button) => this.press(message, button),
      onEdit: channel === "telegram" ? (message) => this.edit(message) : null,
      onReact: channel === "telegram" ? (message, emoji) => post(`people/${this.holder().id}/reactions`, { message_id: message.id, emoji, chat: this.chat }) : null,
    };
    this.list = el("div", { class: "messages", role: "log", tabIndex: 0, "aria-label": say("Message") });
    keepAtEnd(this.list);
    this.bar = el("div", { class: "quoting", hidden: true });
    this.input = el("textarea", { rows: 1, placeholder: say("Message"), "aria-label": say("Message"), oninput: () => this.grow(), onkeydown: (event) => this.key(event) });
    this.replyKeys = el("div", { class: "reply-keys", hidden: true });
    this.sheet = el("div", { class: "sheet-of-actions", hidden: true });
    this.upload = el("input", { type: "file", multiple: true, hidden: true, onchange: () => this.files() });
    this.commandButton = iconButton("slash", say("Commands"), (event) => this.commands(event), { hidden: true });
    this.body = el("div", { class: `chat ${channel}` }, this.list, this.bar, this.sheet, this.replyKeys, this.composer());
  }

  composer() {
    return el(
      "form",
      { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      iconButton("clip", say("Attach"), () => this.toggleSheet()),
      this.commandButton,
      this.input,
      this.upload,
      el("button", { class: "send", title: say("Send"), "aria-label": say("Send") }, icon("send")),
    );
  }

  async refresh({ stick = false } = {}) {
    const holder = this.holder();
    if (!holder) return;
    const shown = await this.read(holder);
    if (this.holder()?.id !== holder.id) return;
    this.context.stick = stick || this.shownFor !== holder.id + String(this.thread());
    this.shownFor = holder.id + String(this.thread());
    this.known = shown.commands ?? [];
    this.commandButton.hidden = !this.known.length;
    drawMessages(this.list, shown.messages, this.context);
    this.drawReplyKeys(shown.reply_keyboard ?? []);
    if (!shown.messages.length) this.list.replaceChildren(this.empty(this));
    if (shown.alert && this.alertSeen !== undefined && this.alertSeen !== shown.alert.id) toast(shown.alert.text);
    this.alertSeen = shown.alert?.id ?? "";
    return shown;
  }

  drawReplyKeys(rows) {
    this.replyKeys.hidden = !rows.length;
    this.replyKeys.replaceChildren(...rows.map((row) => el("div", {}, row.map((key) => el("button", { type: "button", onclick: () => this.say(this.messageForKey(key)) }, key.text)))));
  }

  messageForKey(key) {
    const holder = this.holder();
    if (key.request_contact) return { contact: { name: holder.name, phone: holder.number || `+999${holder.telegram_id}`, is_own: true } };
    return key.request_location ? { location: randomOf(PLACES) } : { text: key.text };
  }

  say(order) {
    const place = this.chat === "forum" ? { chat: "forum", thread_id: this.thread() } : {};
    const reply = this.reply ? { reply_to: this.reply.id } : {};
    this.quote(null);
    this.sheet.hidden = true;
    this.context.stick = true;
    return post(`people/${this.holder().id}/messages`, { ...order, ...place, ...reply });
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    if (this.editing) {
      const message_id = this.editing.id;
      this.quote(null);
      return post(`people/${this.holder().id}/edits`, { message_id, text, chat: this.chat });
    }
    return this.say({ text });
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") this.quote(null);
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 110)}px`;
  }

  async files() {
    const files = await Promise.all([...this.upload.files].map(asFile));
    this.upload.value = "";
    const text = this.input.value.trim();
    this.input.value = "";
    return this.say({ text, files });
  }

  quote(message) {
    this.reply = message;
    this.editing = null;
    this.bar.hidden = !message;
    if (!message) { this.bar.replaceChildren(); return; }
    this.bar.replaceChildren(icon("reply"), el("span", {}, message.text || "…"), iconButton("close", say("Cancel"), () => this.quote(null)));
    this.input.focus();
  }

  edit(message) {
    this.quote(message);
    this.reply = null;
    this.editing = message;
    this.bar.firstChild.replaceWith(icon("edit"));
    this.input.value = message.text;
    this.grow();
  }

  press(message, button) {
    return post(`people/${this.holder().id}/presses`, { message_id: message.id, button: button.id || button.label, chat: this.chat });
  }

  toggleSheet() {
    if (!this.sheet.hidden) { this.sheet.hidden = true; return; }
    const action = (name, label, tint, act) => el("button", { type: "button", onclick: act, style: { "--tint": tint } }, icon(name), el("span", {}, say(label)));
    this.sheet.replaceChildren(
      action("photo", "Screenshot", "#7a57b8", () => this.sendFile("photo")),
      action("document", "Document", "#4a6fc4", () => this.sendFile("document")),
      action("voice", "Voice note", "#e2603f", () => this.sendFile("voice", { as_voice: true })),
      action("place", "Location", "#2e8a5b", () => this.say({ location: randomOf(PLACES) })),
      action("contact", "Contact", "#2f7fb3", () => this.say({ contact: randomOf(CONTACTS) })),
      action("upload", "From this computer", "#5b6373", () => this.upload.click()),
      el("div", { class: "stickers" }, ["thanks", "yes", "love", "wow", "hurry"].map((name) => el("button", { type: "button", "aria-label": name, onclick: () => this.say({ sticker: name }) }, sticker(name)))),
    );
    this.sheet.hidden = false;
  }

  sendFile(sample, more = {}) {
    const text = this.input.value.trim();
    this.input.value = "";
    return this.say({ text, files: [{ sample }], ...more });
  }

  commands(event) {
    event.stopPropagation();
    menu(this.body.querySelector(".composer"), this.known.map((each) => ({ label: `/${each.command}`, hint: each.description, act: () => this.say({ text: `/${each.command}` }) })));
  }
}

// Above the first message: suggestions for what to say.
export function suggestedMessages(chat) {
  const holder = chat.holder();
  return el(
    "div",
    { class: "empty" },
    el("img", { src: "/page/logo.svg", alt: "", width: 64, height: 64 }),
    el("b", {}, say("Say hello to the desk")),
    el("p", {}, say("Tap one, or write your own.")),
    openings(holder.language_code).map((text) => el("button", { type: "button", onclick: () => chat.say({ text }) }, text)),
  );
}

export const readDesk = (holder) => get(`people/${holder.id}/messages`);

// The frame: status bar, chat header with the state of the phone, and the chat.
export class Phone {
  constructor(channel, holder, { onRemoved } = {}) {
    Object.assign(this, { channel, holder, onRemoved });
    this.chat = new Chat({ channel, holder, read: readDesk, empty: suggestedMessages });
    this.line = el("small", {}, say("online"));
    this.clock = el("span", { class: "clock" });
    this.signal = el("span", { class: "signal", "aria-hidden": "true" }, el("i"), el("i"), el("i"), el("i"));
    this.head = el(
      "div",
      { class: "chat-head" },
      el("span", { class: "ornament" }, icon("back")),
      el("img", { class: "desk-face", src: "/page/logo.svg", alt: "" }),
      el("span", { class: "who" }, el("b", {}, say("Support desk")), this.line),
      iconButton("dots", say("More"), (event) => { event.stopPropagation(); menu(this.head, this.states()); }),
    );
    this.node = el(
      "div",
      { class: `phone ${channel}` },
      el("div", { class: "screen" }, el("div", { class: "status" }, this.clock, el("span", { class: "island" }), this.signal), this.head, this.chat.body),
    );
  }

  async refresh(options) {
    const holder = this.holder();
    this.node.classList.toggle("off", !holder);
    if (!holder) return;
    const shown = await this.chat.refresh(options);
    if (!shown) return;
    this.node.classList.toggle("no-signal", !holder.has_signal);
    this.line.textContent = this.lineOf(holder, shown);
    this.line.classList.toggle("typing", shown.is_desk_typing);
  }

  lineOf(holder, shown) {
    if (shown.is_desk_typing) return say("typing…");
    if (holder.has_blocked) return say("blocked by this person");
    if (!holder.has_signal) return say("no signal");
    if (this.channel === "whatsapp" && shown.messages.length && !shown.is_window_open) return say("window closed");
    return this.channel === "telegram" ? say("bot") : say("online");
  }

  states() {
    const holder = this.holder();
    const flip = (name, label, hint, on = holder[name]) => ({ label: say(label), hint: hint && say(hint), on, act: () => patch(`people/${holder.id}`, { [name]: !holder[name] }) });
    const shared = [flip("has_blocked", "Blocks the desk")];
    const own = this.channel === "whatsapp"
      ? [
          flip("has_signal", "The phone has signal", "Messages wait at one tick"),
          flip("window_closed", "24-hour window closed", "Until the customer writes again"),
          flip("is_reachable", "Number not on WhatsApp", null, !holder.is_reachable),
          flip("has_opted_out", "Opted out of messages"),
          flip("has_hidden_number", "Username only, number hidden"),
        ]
      : [flip("is_deactivated", "Account deleted")];
    const leave = { label: say("Remove this person"), icon: "trash", danger: true, act: async () => { await remove(`people/${holder.id}`); this.onRemoved?.(); } };
    return [{ title: `${holder.name} · ${holder.number || `id ${holder.telegram_id}`}` }, ...own, ...shared, ...(holder.role === "customer" ? [leave] : [])];
  }

  tick(now) {
    this.clock.textContent = now;
  }
}
