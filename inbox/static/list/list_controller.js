// Loads the list (a view with filters, or search results) and updates its title and the counts.

import { el, find, icon, reconcile } from "../shared/dom.js";
import { showRows } from "./list_view.js";
import { get, RequestError } from "../shared/api.js";
import { notice } from "../shared/toasts.js";
import { busyWhile, listQuery, state, VIEWS } from "./state.js";
import { t } from "../shared/i18n.js";

export function drawList() {
  const rows = state.query ? [...state.list.rows, ...archivedRows()] : state.list.rows;
  showRows(rows, { openId: state.wanted, empty: state.query ? t(isArchiveSearched() ? "nothing_found" : "looking") : emptyText() });
  find("#list-title").textContent = state.query ? t("found", { count: rows.length }) : t(`view_${state.view}`);
  const notes = listNotes(rows.length);
  find("#list-note").hidden = !notes;
  find("#list-note").textContent = notes;
  find("#list-order").textContent = state.query ? "" : t(state.view === "solved" ? "by_latest" : "by_due");
  drawFilters();
  for (const name of VIEWS) {
    const link = find(`#view-${name}`);
    if (name === state.view && !state.query) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (state.list.counts) link.querySelector(".count").textContent = state.list.counts[name] ? String(state.list.counts[name]) : "";
  }
  document.title = `${state.list.counts?.unassigned ? `(${state.list.counts.unassigned}) ` : ""}${t(`view_${state.view}`)} · Guichet`;
}

// What the list doesn't show, in words.
function listNotes(shown) {
  const isSearch = state.query && isArchiveSearched();
  const isCut = state.list.is_cut || (isSearch && state.archived.is_cut);
  return [isCut && t("list_cut", { count: shown }), isSearch && state.archived.is_away && t("archive_away")].filter(Boolean).join(" ");
}

function drawFilters() {
  const chips = state.query ? [] : (state.list.filters || []).filter(({ name, value }) => state.filters[name] === value);
  reconcile(find("#filters"), chips, ({ name }) => name, ({ name, label }) => el("li", {},
    el("button", { type: "button", class: "chip", "aria-label": t("remove_filter", { name: label }), onclick: () => removeFilter(name) }, el("bdi", {}, label), icon("close"))));
  find("#filters").hidden = !chips.length;
}

function removeFilter(name) {
  const { [name]: removed, ...others } = state.filters;
  const loading = chooseView(state.view, others);
  history.pushState({}, "", `/inbox/?${listQuery()}`);
  (find("#filters button") || find(`#view-${state.view}`)).focus();
  return loading;
}

function emptyText() {
  if (Object.keys(state.filters).length) return el("p", {}, t("empty_filtered"));
  const phones = document.body.dataset.phones;
  return [el("p", {}, t(`empty_${state.view}`)),
    state.view === "open" && phones && el("p", {}, el("a", { href: phones, target: "_blank", rel: "noopener" }, t("to_the_phones")))];
}

export async function loadList() {
  const asked = `${listQuery()} ${state.query}`;
  try {
    const found = await busyWhile(get(state.query ? `/search?q=${encodeURIComponent(state.query)}` : `/tickets?${listQuery()}`));
    if (asked !== `${listQuery()} ${state.query}`) return;
    state.list = { ...found, counts: found.counts || state.list.counts };
    state.isListStale = false;
    drawList();
    if (state.query && !isArchiveSearched()) searchArchive(state.query);
  } catch (error) {
    state.isListStale = true;
    if (error instanceof RequestError && error.status !== 401) notice(error.words || t("list_trouble"), { isBad: true, action: { words: t("try_again"), run: loadList } });
  }
}

// Archived tickets load separately, after the live ones, so that nobody waits for the archive.
async function searchArchive(query) {
  const found = await get(`/search/archive?q=${encodeURIComponent(query)}`).catch(() => ({ rows: [], is_away: true }));
  if (query !== state.query) return;
  state.archived = { ...found, query };
  drawList();
}

const isArchiveSearched = () => state.archived.query === state.query;

function archivedRows() {
  const live = new Set(state.list.rows.map((row) => row.id));
  return isArchiveSearched() ? state.archived.rows.filter((row) => !live.has(row.id)) : [];
}

export function chooseView(name, filters = {}) {
  [state.view, state.query, state.filters] = [name, "", filters];
  find("#search").value = "";
  drawList();
  find("#list").scrollTop = 0;
  return loadList();
}

export function search(text) {
  state.query = text.trim();
  state.archived = { rows: [], query: "" };
  if (state.query) loadList();
  else chooseView(state.view, state.filters);
}
