// The page: lays out the parts and keeps them up to date.

import { el, icon } from "/page/dom.js";
import { get, listen, patch } from "/page/api.js";
import { CallLog } from "/page/call_log.js";
import { PersonPicker } from "/page/person_picker.js";
import { Forum } from "/page/forum.js";
import { followLinks } from "/page/deep_links.js";
import { colourOf } from "/page/messages.js";
import { Chat, Phone, readDesk } from "/page/phone.js";
import { FaultPanel } from "/page/fault_panel.js";
import { language, say, time } from "/page/translations.js";

const channels = ["whatsapp", "telegram"];
const faces = {};
const phones = {};
for (const channel of channels) {
  phones[channel] = new Phone(channel, () => faces[channel].person, { onRemoved: () => refreshState() });
  faces[channel] = new PersonPicker(channel, { onPick: () => opened(channel) });
}

let manager = null;
const alerts = new Chat({ channel: "telegram", holder: () => manager, read: readDesk, empty: () => el("div", { class: "empty" }, icon("bell"), el("b", {}, say("No alert yet")), el("p", {}, say("When a promise is about to be broken, the manager reads it here."))) });
const forum = new Forum();
const trouble = new FaultPanel();
const calls = new CallLog();

function place(name, label, ...children) {
  return el("section", { class: `place ${name}`, id: name, "aria-label": label }, el("h2", { class: "label" }, label), ...children);
}

const alertsHead = el("div", { class: "chat-head" }, el("img", { class: "desk-face", src: "/page/logo.svg", alt: "" }), el("span", { class: "who" }, el("b", {}, say("Support desk")), el("small", {}, say("bot"))));
const sides = el("div", { class: "sides", role: "tablist" });
const device = el("div", { class: "tablet" }, el("div", { class: "screen" }, sides, el("div", { class: "side telegram", id: "side-manager" }, alertsHead, alerts.body), el("div", { class: "side", id: "side-agents" }, forum.node)));

// The desk's own people; clicking one shows what they see.
const staff = el("div", { class: "faces" });
function drawStaff(people) {
  const face = (each) => {
    const show = () => { if (each.role === "agent") forum.agent = each; drawSides(each.role === "manager" ? "manager" : "agents"); forum.draw(); };
    return el("button", { type: "button", class: "face", onclick: show }, el("span", { class: "avatar", style: { "--tint": colourOf(each.name) } }, each.name[0]), el("span", {}, each.name, el("small", {}, say(each.role === "manager" ? "Manager" : "agent"))));
  };
  staff.replaceChildren(...people.filter((each) => each.role !== "customer").map(face));
}

function drawSides(chosen) {
  device.dataset.side = chosen;
  const tab = (name, label, shape) => el("button", { type: "button", role: "tab", "aria-selected": String(name === chosen), onclick: () => drawSides(name) }, icon(shape), label, el("i", { class: "news", hidden: true }));
  sides.replaceChildren(tab("manager", say("Manager"), "bell"), tab("agents", say("Agents’ group"), "people"));
}

const TABS = [["whatsapp", "WhatsApp", "phone"], ["telegram", "Telegram", "send"], ["desk", "Agents", "people"], ["trouble", "Faults", "storm"], ["calls", "Calls", "list"]];
function drawTabs(chosen) {
  document.body.dataset.tab = chosen;
  const tab = ([name, label, shape]) => el("button", { type: "button", "aria-current": name === chosen ? "page" : null, onclick: () => drawTabs(name) }, icon(shape), el("span", {}, say(label)));
  document.getElementById("tabs").replaceChildren(...TABS.map(tab));
}

function drawTop(target) {
  const switcher = el("div", { class: "languages", role: "group", "aria-label": say("Language") }, ["en", "fr", "es"].map((code) => el("button", { type: "button", "aria-pressed": String(code === language), onclick: () => { localStorage.setItem("lang", code); location.search = ""; location.reload(); } }, code.toUpperCase())));
  const links = target ? [el("a", { class: "primary", href: `${target}/inbox/`, target: "_blank", rel: "noopener" }, say("Open the inbox"), icon("right")), el("a", { class: "quiet", href: `${target}/overview/`, target: "_blank", rel: "noopener" }, say("Overview"))] : [];
  document.getElementById("top").replaceChildren(
    el("img", { src: "/page/logo.svg", alt: "", width: 44, height: 44 }),
    el("div", { class: "titles" }, el("h1", {}, "Guichet ", el("span", {}, "sandbox")), el("p", {}, say("Two phones, one desk, no account anywhere. Write as a customer would."))),
    el("div", { class: "links" }, ...links, switcher),
  );
}

followLinks(phones, drawTabs);

let last = { people: [] };
async function refreshState() {
  last = await get("state");
  manager = last.people.find((each) => each.role === "manager");
  for (const channel of channels) faces[channel].show(last.people);
  forum.show(last);
  drawStaff(last.people);
  trouble.show(last);
  if (!document.querySelector("#top .titles")) drawTop(last.settings.target);
}

// The phone in view is open, so messages that arrive there are read.
let openId = 0;
async function opened(channel) {
  if (channel === "whatsapp") {
    const now = faces.whatsapp.person?.id ?? 0;
    if (openId && openId !== now) patch(`people/${openId}`, { is_open: false }).catch(() => {});
    if (now && (openId !== now || !faces.whatsapp.person.is_open)) patch(`people/${now}`, { is_open: true });
    openId = now;
  }
  await phones[channel].refresh({ stick: true });
}

const pending = new Set();
async function onTopicChanged(topic) {
  pending.add(topic);
  if (pending.size > 1) return;
  await new Promise((go) => setTimeout(go, 40));
  const topics = [...pending];
  pending.clear();
  await Promise.all(topics.map(refreshTopic));
}

async function refreshTopic(topic) {
  if (topic === "hello") return refreshAll();
  if (topic === "calls") return calls.refresh();
  if (topic === "forum") { markUnread("agents"); return forum.refresh(); }
  if (topic === "state") { await refreshState(); return Promise.all(channels.map((channel) => phones[channel].refresh())); }
  const id = Number(topic.slice("person:".length));
  if (id === manager?.id) { markUnread("manager"); return alerts.refresh(); }
  for (const channel of channels) if (faces[channel].person?.id === id) return phones[channel].refresh();
  return null;
}

function markUnread(side) {
  if (device.dataset.side === side) return;
  const tab = sides.children[side === "manager" ? 0 : 1];
  tab.querySelector(".news").hidden = false;
}

async function refreshAll() {
  await refreshState();
  calls.forget();
  await Promise.all([...channels.map(opened), alerts.refresh(), calls.refresh()]);
  document.body.classList.add("ready");
}

document.getElementById("stage").append(
  place("whatsapp", say("Customer on WhatsApp"), faces.whatsapp.node, phones.whatsapp.node),
  place("telegram", say("Customer on Telegram"), faces.telegram.node, phones.telegram.node),
  place("desk", say("The desk’s side"), el("div", { class: "holder" }, staff), device),
  el("div", { class: "below" }, el("div", { id: "trouble" }, trouble.node), el("div", { id: "calls" }, calls.node)),
);
document.body.append(el("div", { id: "offline", role: "alert" }, say("The sandbox has stopped. Is it still running?")));
drawSides("manager");
drawTabs("whatsapp");
const updateClocks = () => channels.forEach((channel) => phones[channel].tick(time(new Date())));
updateClocks();
setInterval(updateClocks, 5000);
setInterval(() => channels.forEach((channel) => phones[channel].line.classList.contains("typing") && phones[channel].refresh()), 2000);
listen(onTopicChanged);
