// The call log, newest first; each row opens to show request and response.

import { el, icon } from "/page/dom.js";
import { get, remove } from "/page/api.js";
import { segments } from "/page/fault_panel.js";
import { language, say } from "/page/translations.js";

const MOST = 300;

export class CallLog {
  constructor() {
    this.after = 0;
    this.filter = "";
    this.rows = el("div", { class: "rows" });
    this.tools = el("div", { class: "tools" });
    this.empty = el("div", { class: "empty" }, icon("list"), el("b", {}, say("No call yet")), el("p", {}, say("Send a message and watch.")));
    this.node = el(
      "section",
      { class: "card calls" },
      el("h2", {}, icon("list"), say("Every call")),
      el("p", {}, say("What the desk and the providers say to each other, as it happens.")),
      this.tools, this.rows, this.empty,
    );
    this.drawTools();
  }

  drawTools() {
    const options = [["", say("All")], ["whatsapp", "WhatsApp"], ["telegram", "Telegram"], ["trouble", say("Trouble")]];
    const clear = async () => { await remove("calls"); this.rows.replaceChildren(); this.empty.hidden = false; };
    this.tools.replaceChildren(
      segments("", options, this.filter, (value) => { this.filter = value; this.rows.dataset.only = value; this.drawTools(); }),
      el("button", { type: "button", class: "quiet", onclick: clear }, say("Clear")),
    );
  }

  forget() {
    this.after = 0;
    this.rows.replaceChildren();
    this.empty.hidden = false;
  }

  async refresh() {
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    const calls = await get(`calls?after=${this.after}`).finally(() => { this.busy = false; });
    for (const call of calls) {
      if (call.id <= this.after) continue;
      this.after = call.id;
      this.rows.prepend(row(call));
    }
    while (this.rows.children.length > MOST) this.rows.lastChild.remove();
    this.empty.hidden = Boolean(this.rows.children.length);
    if (this.again) { this.again = false; this.refresh(); }
  }
}

function row(call) {
  const bad = call.status === 0 || call.status >= 400;
  const at = new Date(call.at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const details = el("details", { class: `call ${call.channel} ${bad ? "bad" : ""} ${call.note ? "noted" : ""}` });
  details.append(
    el(
      "summary",
      {},
      el("time", {}, at),
      el("span", { class: `arrow ${call.direction}`, title: say(call.direction) }, call.direction === "asked" ? "→" : "←"),
      el("span", { class: "name" }, el("b", {}, call.name), el("small", {}, callSummary(call))),
      el("span", { class: "pill" }, call.status || say("no answer")),
      el("span", { class: "took" }, `${Math.round(call.milliseconds)} ms`),
    ),
  );
  details.addEventListener("toggle", () => open(details, call), { once: true });
  return details;
}

const SERVICES = ["forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "pinned_message", "photo", "document", "voice", "video", "sticker", "location", "contact", "NumMedia"];

function callSummary(call) {
  if (call.note) return call.note;
  const asked = call.request ?? {};
  const message = asked.message ?? asked.edited_message ?? asked.callback_query ?? asked;
  const found = message.text ?? message.caption ?? message.Body ?? message.data ?? message.MessageStatus ?? message.action ?? message.name ?? message.ContentSid ?? SERVICES.find((each) => each in message) ?? "";
  return String(found).replace(/<[^>]*>/g, "").slice(0, 90);
}

function open(details, call) {
  const block = (title, value) => [el("h4", {}, title), el("pre", {}, typeof value === "string" ? value || "∅" : JSON.stringify(value, null, 2))];
  details.append(el("div", { class: "inside" }, el("code", {}, call.url), ...block(say("Request"), call.request), ...block(say("Answer"), call.answer)));
}
