// Shared parts of list lines: the channel's icon and the time left.

import { el, icon } from "../shared/dom.js";
import { targetName, timeLeft, when } from "../shared/i18n.js";

// Every second: update the time left everywhere on the page.
function updateTimesLeft() {
  for (const node of document.querySelectorAll(".left[data-due]")) paintTimeLeft(node);
}

// The time left, as a node that updates itself.
export function timeLeftNode(thing) {
  const node = el("span", { class: "left" });
  if (thing.due_at) node.dataset.due = thing.due_at;
  if (thing.warn_at) node.dataset.warn = thing.warn_at;
  if (thing.is_on_hold) node.dataset.held = "1";
  if (thing.due_at) node.title = `${targetName(thing.target)} ${when(thing.due_at)}`.trim();
  paintTimeLeft(node);
  return node;
}

function paintTimeLeft(node) {
  const { due, warn, held } = node.dataset;
  const left = timeLeft({ due_at: due, warn_at: warn, is_on_hold: Boolean(held) });
  if (!left) return;
  if (node.textContent !== left.words) node.textContent = left.words;
  if (node.dataset.tone !== left.tone) node.dataset.tone = left.tone;
}

export function channelIcon(channel) {
  return icon(channel === "whatsapp" || channel === "telegram" ? channel : "mail", `channel ${channel}`);
}

setInterval(updateTimesLeft, 1000);
