// The panel to add and list faults, and the sandbox's clock.

import { el, icon, iconButton } from "/page/dom.js";
import { patch, post, remove } from "/page/api.js";
import { say } from "/page/translations.js";

const FAULTS = [
  ["rate_limit", "Too many requests", "429 for 5 s", { retry_after: 5 }, ""],
  ["error", "Server error", "500 in the provider’s shape", { status: 500 }, ""],
  ["html", "Bad gateway", "502, a page of HTML", {}, ""],
  ["hang", "No answer", "30 s of silence", { seconds: 30 }, ""],
  ["reset", "Connection reset", "nothing was done", {}, ""],
  ["drop", "Dropped after accepting", "done, but no answer", {}, ""],
  ["duplicate_webhook", "Doubled webhook", "the same twice", {}, ""],
  ["webhook_down", "Desk unreachable", "webhooks do not arrive", {}, ""],
  ["reorder_webhook", "Swapped webhooks", "the next one first", {}, "whatsapp"],
  ["reorder_receipt", "Swapped receipts", "delivered before sent", {}, "whatsapp"],
  ["lose_receipt", "Lost receipt", "never told", {}, "whatsapp"],
  ["fail_receipt", "Failed delivery", "undelivered, with a code", {}, "whatsapp"],
];
const nameOf = (kind) => say(FAULTS.find((each) => each[0] === kind)?.[1] ?? kind);
const SPEEDS = [1, 10, 60];

export class FaultPanel {
  constructor() {
    this.where = "";
    this.count = 1;
    this.active = el("div", { class: "active", role: "status" });
    this.clock = el("div", { class: "clock-row" });
    this.choices = el("div", { class: "choices" });
    this.node = el(
      "section",
      { class: "card trouble" },
      el("h2", {}, icon("storm"), say("Make trouble")),
      el("p", {}, say("A bad day for the providers: choose what goes wrong, where, and how often.")),
      this.choices,
      el("div", { class: "faults" }, FAULTS.map((fault) => this.tile(fault))),
      this.active,
      this.clock,
    );
    this.drawChoices();
  }

  drawChoices() {
    const where = [["", say("Both")], ["whatsapp", "WhatsApp"], ["telegram", "Telegram"]];
    const often = [[1, say("once")], [3, "3 ×"], [10, "10 ×"], [null, say("always")]];
    this.choices.replaceChildren(
      segments(say("Where"), where, this.where, (value) => { this.where = value; this.drawChoices(); }),
      segments(say("How often"), often, this.count, (value) => { this.count = value; this.drawChoices(); }),
    );
  }

  tile([kind, name, hint, details, only]) {
    const order = () => post("faults", { kind, channel: only || this.where, count: this.count, ...details });
    return el("button", { type: "button", class: "fault", onclick: order }, el("b", {}, say(name)), el("small", {}, say(hint)));
  }

  show(state) {
    const all = state.faults.length > 1 ? el("button", { type: "button", class: "quiet", onclick: () => remove("faults") }, say("Stop all")) : null;
    const calm = el("span", { class: "calm" }, icon("check"), say("All is well"));
    this.active.replaceChildren(el("h3", {}, say("In force")), ...(state.faults.length ? state.faults.map((fault) => this.chip(fault)) : [calm]), ...(all ? [all] : []));
    this.drawClock(state.clock);
  }

  chip(fault) {
    const left = fault.count === null ? say("always") : `${fault.count} ${say("left")}`;
    const where = fault.channel ? ` · ${fault.channel === "whatsapp" ? "WhatsApp" : "Telegram"}` : "";
    return el("span", { class: "chip" }, `${nameOf(fault.kind)}${where} · ${left}`, iconButton("close", say("Stop"), () => remove(`faults/${fault.id}`)));
  }

  drawClock(clock) {
    const jump = (label, seconds) => el("button", { type: "button", class: "quiet", onclick: () => patch("clock", { advance_seconds: seconds }) }, label);
    const again = () => { if (confirm(say("Forget every chat and person?"))) post("reset", { first_customers: true }); };
    this.clock.replaceChildren(
      el("h3", {}, say("Clock")),
      el("p", {}, say("Only the sandbox’s time: windows close, retries come sooner.")),
      jump(say("+1 h"), 3600), jump(say("+25 h"), 90000),
      segments(say("speed"), SPEEDS.map((speed) => [speed, `${speed} ×`]), clock.scale, (value) => patch("clock", { scale: value })),
      el("button", { type: "button", class: "quiet danger", onclick: again }, icon("trash"), say("Start over")),
    );
  }
}

export function segments(label, options, chosen, onpick) {
  return el(
    "div",
    { class: "segments", role: "group", "aria-label": label },
    el("small", {}, label),
    options.map(([value, text]) => el("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => onpick(value) }, text)),
  );
}
