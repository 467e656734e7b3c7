// Canned replies: typing “/” lists them; the chosen one is inserted in the customer's language.

import { el, fill, find } from "../shared/dom.js";
import { get } from "../shared/api.js";
import { start, t } from "../shared/i18n.js";

const MOST = 8; // shown at a time
const CACHE_FOR = 60000; // ms

const list = find("#canned");
let replies = null;
let loadedAt = 0;
let turn = 0; // counts keys; responses from before the last one are ignored
let offered = [];
let chosen = 0;
let box = null;
let ticket = null;

export const isOpen = () => !list.hidden;

export function close() {
  turn += 1;
  list.hidden = true;
  box?.removeAttribute("aria-activedescendant");
}

// List the replies that match the word after a “/” at the cursor, if any.
export async function offer(target, about) {
  [box, ticket] = [target, about];
  if (wanted() === null) {
    close();
    return;
  }
  const mine = (turn += 1);
  await load();
  if (mine !== turn) return;
  const asked = wanted();
  offered = (replies || []).filter((reply) => textOf(reply) && plain(reply.name).includes(plain(asked))).slice(0, MOST);
  chosen = 0;
  draw();
}

// A key pressed while the list is open; true if the list used it.
export function take(event) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (move) {
    chosen = (chosen + move + offered.length) % Math.max(1, offered.length);
    draw();
  } else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && offered.length) put(offered[chosen]);
  else if (event.key === "Escape") close();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function wanted() {
  const before = box.value.slice(0, box.selectionStart);
  const found = before.match(/(?:^|\s)\/([^\s/]{0,40})$/u);
  return found ? found[1] : null;
}

async function load() {
  if (replies && Date.now() - loadedAt < CACHE_FOR) return;
  try {
    ({ replies } = await get("/replies"));
    loadedAt = Date.now();
  } catch { /* leave the slash as text */ }
}

function draw() {
  list.hidden = false;
  fill(list, offered.length ? offered.map(line) : el("li", { class: "soft" },
    replies?.length ? t("no_such_canned") : el("a", { href: "/inbox/replies" }, t("no_canned"))));
  if (offered.length) box.setAttribute("aria-activedescendant", `canned-${chosen}`);
}

const line = (reply, n) => el("li", { role: "option", id: `canned-${n}`, "aria-selected": String(n === chosen), onpointerdown: (event) => {
  event.preventDefault();
  put(reply);
} }, el("b", {}, el("bdi", {}, reply.name)), el("span", { class: "soft", dir: "auto" }, textOf(reply)));

function put(reply) {
  const end = box.selectionStart;
  const from = end - wanted().length - 1;
  const gaps = { name: ticket.name, number: `#${ticket.number}`, agent: start.me.name.split(" ")[0] };
  box.setRangeText(textOf(reply).replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap), from, end, "end");
  close();
  box.dispatchEvent(new Event("input"));
}

const textOf = (reply) => reply.texts[ticket.locale] || reply.texts.en || Object.values(reply.texts)[0] || "";
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
