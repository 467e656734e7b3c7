// The agents' forum group: its topics, and one topic's messages, where agents can write.

import { el, icon, iconButton, menu } from "/page/dom.js";
import { get, patch, remove } from "/page/api.js";
import { Chat } from "/page/phone.js";
import { colourOf } from "/page/messages.js";
import { say, time } from "/page/translations.js";

const RIGHTS = { is_admin: "Administrator", can_manage_topics: "May manage topics", can_delete_messages: "May delete messages", can_pin_messages: "May pin messages" };
const hex = (colour) => `#${(colour || 0x8a93a5).toString(16).padStart(6, "0")}`;

export class Forum {
  constructor() {
    this.agents = [];
    this.topic = 0;
    this.chat = new Chat({
      channel: "telegram", chat: "forum", isGroup: true,
      holder: () => this.agent,
      thread: () => this.topic,
      read: async (agent) => ({ messages: await get(`forum/topics/${this.topic}/messages?viewer=${agent.id}`) }),
      empty: () => el("div", { class: "empty" }, el("p", {}, "…")),
    });
    this.topics = el("div", { class: "topics" });
    this.title = el("span", { class: "who" });
    this.writers = el("span", { class: "writers", role: "group", "aria-label": say("Write as") });
    this.back = iconButton("back", say("Show topics"), () => this.open(0));
    this.head = el("div", { class: "chat-head" }, this.back, this.title, this.writers, iconButton("dots", say("More"), (event) => { event.stopPropagation(); menu(this.head, this.entries()); }));
    this.node = el("div", { class: "forum telegram" }, this.head, this.topics, this.chat.body);
  }

  show(state) {
    this.agents = state.people.filter((each) => each.role === "agent");
    this.agent ??= this.agents[0];
    this.forum = state.forum;
    if (this.topic && !this.current()) this.topic = 0;
    this.draw();
  }

  current() {
    return this.forum.topics.find((each) => each.id === this.topic);
  }

  async refresh() {
    this.forum = await get("forum");
    if (this.topic && !this.current()) this.topic = 0;
    this.draw();
  }

  open(topic) {
    this.topic = topic;
    this.draw();
  }

  draw() {
    const topic = this.current();
    this.node.classList.toggle("inside", Boolean(topic));
    this.back.hidden = !topic;
    const here = topic ? [el("b", {}, topic.name), el("small", {}, topic.is_closed ? say("closed") : this.forum.title)] : [el("b", {}, this.forum.title), el("small", {}, say("Agents’ group"))];
    this.title.replaceChildren(...here);
    this.writers.replaceChildren(...this.agents.map((agent) => this.writer(agent)));
    if (topic) this.chat.refresh();
    else this.topics.replaceChildren(...this.lines());
  }

  writer(agent) {
    const isHere = agent.id === this.agent.id;
    return el("button", { type: "button", class: `avatar ${isHere ? "here" : ""}`, title: `${say("Write as")} ${agent.name}`, "aria-label": `${say("Write as")} ${agent.name}`, "aria-pressed": String(isHere), style: { "--tint": colourOf(agent.name) }, onclick: () => { this.agent = agent; this.draw(); } }, agent.name[0]);
  }

  lines() {
    const topics = this.forum.topics;
    const empty = topics.length < 2 ? [el("div", { class: "empty" }, icon("people"), el("b", {}, say("No topic yet")), el("p", {}, say("Each ticket becomes a topic here, where agents answer it.")))] : [];
    return [...topics.map((topic) => this.line(topic)), ...empty];
  }

  line(topic) {
    const last = topic.last;
    const words = last ? (last.service ? "" : `${last.author}: ${last.text || (last.attachments.length ? say("Photo") : "…")}`) : "";
    return el(
      "button",
      { type: "button", class: `topic ${topic.is_closed ? "closed" : ""}`, onclick: () => this.open(topic.id) },
      el("span", { class: "block", style: { "--tint": hex(topic.colour) } }, topic.id === 1 ? "#" : [...topic.name][0] ?? "·"),
      el("span", { class: "words" }, el("b", {}, topic.id === 1 ? say("General") : topic.name), el("small", {}, words)),
      el("span", { class: "when" }, last ? time(last.at) : "", topic.is_closed ? el("small", {}, say("closed")) : null),
    );
  }

  entries() {
    const rights = this.forum.rights;
    const entries = [{ title: say("The bot’s rights") }];
    for (const [name, label] of Object.entries(RIGHTS)) entries.push({ label: say(label), on: rights[name], act: () => patch("forum", { [name]: !rights[name] }) });
    entries.push({ label: say("Is in the group"), on: this.forum.is_bot_member, act: () => patch("forum", { is_bot_member: !this.forum.is_bot_member }) });
    entries.push({ label: say("Move the group to a new id"), icon: "right", act: () => patch("forum", { migrate: true }) });
    if (this.topic > 1) entries.push({ label: say("Delete this topic"), icon: "trash", danger: true, act: () => remove(`forum/topics/${this.topic}`) });
    return entries;
  }
}
