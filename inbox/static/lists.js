// Which list is shown: a view or what was searched for; loads it and keeps its title and the counts in step.

import { el, find } from "./dom.js";
import { showRows } from "./list.js";
import { get, Refused } from "./net.js";
import { notice } from "./notices.js";
import { busyWhile, state, VIEWS } from "./state.js";
import { t } from "./words.js";

export function drawList() {
  showRows(state.list.rows, { openId: state.wanted, empty: state.query ? t("nothing_found") : emptyWords() });
  find("#list-title").textContent = state.query ? t("found", { count: state.list.rows.length }) : t(`view_${state.view}`);
  find("#list-order").textContent = state.query ? "" : t(state.view === "solved" ? "by_latest" : "by_due");
  for (const name of VIEWS) {
    const link = find(`#view-${name}`);
    if (name === state.view && !state.query) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (state.list.counts) link.querySelector(".count").textContent = state.list.counts[name] ? String(state.list.counts[name]) : "";
  }
  document.title = `${state.list.counts?.unassigned ? `(${state.list.counts.unassigned}) ` : ""}${t(`view_${state.view}`)} · Guichet`;
}

function emptyWords() {
  const phones = document.body.dataset.phones;
  return [el("p", {}, t(`empty_${state.view}`)),
    state.view === "open" && phones && el("p", {}, el("a", { href: phones, target: "_blank", rel: "noopener" }, t("to_the_phones")))];
}

export async function loadList() {
  const asked = `${state.view} ${state.query}`;
  try {
    const found = await busyWhile(get(state.query ? `/search?q=${encodeURIComponent(state.query)}` : `/tickets?view=${state.view}`));
    if (asked !== `${state.view} ${state.query}`) return;
    state.list = { ...found, counts: found.counts || state.list.counts };
    state.isListStale = false;
    drawList();
  } catch (error) {
    state.isListStale = true;
    if (error instanceof Refused && error.status !== 401) notice(error.words || t("list_trouble"), { isBad: true, action: { words: t("try_again"), run: loadList } });
  }
}

export function chooseView(name) {
  [state.view, state.query] = [name, ""];
  find("#search").value = "";
  drawList();
  find("#list").scrollTop = 0;
  return loadList();
}

export function search(text) {
  state.query = text.trim();
  if (state.query) loadList();
  else chooseView(state.view);
}
