// What-if: replays past days under another policy, slice by slice, and adds up the slices.

import { el, fill, find } from "../shared/dom.js";
import { ask } from "../shared/api.js";
import { toCsv, fileName } from "./what_if_csv.js";
import { start, t } from "../shared/i18n.js";

const COUNTS = ["kept", "missed", "running"];
const EXAMPLES = 20;
const [chooser, text, run, result, progress] = ["policy", "text", "run", "result", "progress"].map((name) => find(`#what-if-${name}`));
const percent = new Intl.NumberFormat(start.locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const points = new Intl.NumberFormat(start.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
let running = 0;
let file = "";

async function begin() {
  try {
    const { policies } = await ask("/overview/api/policies", {});
    fill(chooser, policies.map((one) => el("option", { value: one.file }, nameOf(one))));
    chooser.value = (policies.find((one) => !one.is_current && !one.problems) || policies[0])?.file;
    await load();
  } catch (error) {
    progress.textContent = error.words || t("unreachable");
  }
}

const nameOf = (one) => [one.title, one.file].filter(Boolean).join(" · ")
  + (one.is_current ? ` (${t("what_if_current")})` : "") + (one.problems ? ` (${t("what_if_broken")})` : "");

async function load() {
  const file = chooser.value;
  const answer = await ask(`/overview/api/policies/${encodeURIComponent(file)}`, {});
  if (chooser.value === file) text.value = answer.text;
}

async function compare() {
  const turn = ++running;
  const policy = text.value;
  const days = find("#what-if-days").value;
  const sum = { tickets: 0, rows: new Map(), lacking: new Map(), turned: [], order: [] };
  fill(find("#what-if-problems"));
  run.disabled = true;
  try {
    for (let [cursor, until, isFirst] = ["", "", true]; (isFirst || cursor) && turn === running; isFirst = false) {
      const slice = await ask("/overview/api/what-if", { method: "POST", body: JSON.stringify({ policy, days, cursor, until }), headers: { "Content-Type": "application/json" } });
      add(sum, slice);
      [cursor, until] = [slice.cursor, slice.until];
      progress.textContent = t(cursor ? "what_if_going" : "what_if_done", { count: sum.tickets, days });
    }
    if (turn === running) draw(sum);
  } catch (error) {
    trouble(error);
  } finally {
    run.disabled = false;
  }
}

function add(sum, slice) {
  sum.tickets += slice.tickets;
  sum.order = slice.order;
  for (const row of slice.compared) {
    const key = `${row.target}|${row.priority}`;
    const known = sum.rows.get(key);
    if (!known) sum.rows.set(key, row);
    else {
      for (const side of ["before", "after"]) for (const count of COUNTS) known[side][count] += row[side][count];
      known.newly_kept += row.newly_kept;
      known.newly_missed += row.newly_missed;
    }
  }
  for (const one of slice.lacking) {
    const known = sum.lacking.get(`${one.what}|${one.key}`);
    if (known) known.tickets += one.tickets;
    else sum.lacking.set(`${one.what}|${one.key}`, one);
  }
  sum.turned = [...sum.turned, ...slice.turned].slice(0, EXAMPLES);
}

function draw({ rows, lacking, turned, order }) {
  const targets = Map.groupBy ? Map.groupBy(rows.values(), (row) => row.target) : grouped(rows);
  fill(result,
    [...lacking.values()].map((one) => el("p", { class: "remark" }, t(`what_if_no_${one.what}`, { name: one.label, count: one.tickets }))),
    targets.size ? [el("div", { class: "wide-table" }, table(targets, order)), asFile(targets)] : el("p", { class: "empty" }, t("what_if_nothing")),
    turned.length > 0 && el("p", { class: "soft" }, t("what_if_turned"), " ", withoutDuplicates(turned).map((one, n) => [n ? ", " : "",
      el("a", { href: `/inbox/ticket/${encodeURIComponent(one.ticket_id)}`, class: one.is_kept ? "better" : "worse" }, `${one.number} ${one.is_kept ? "✓" : "✗"}`)])));
}

function asFile(targets) {
  URL.revokeObjectURL(file);
  file = URL.createObjectURL(new Blob([toCsv([...targets.values()].flat())], { type: "text/csv;charset=utf-8" }));
  return el("a", { class: "csv small", href: file, download: fileName(), "aria-label": t("what_if_csv") }, "CSV");
}

const withoutDuplicates = (turned) => [...new Map(turned.map((one) => [`${one.number} ${one.is_kept}`, one])).values()];

function grouped(rows) {
  const groups = new Map();
  for (const row of rows.values()) groups.set(row.target, [...(groups.get(row.target) || []), row]);
  return groups;
}

function table(targets, order) {
  const head = ["what_if_promise", "what_if_before", "what_if_after", "what_if_difference"];
  const place = (row) => order.indexOf(row.priority);
  return el("table", {}, el("caption", { class: "away" }, t("what_if_caption")),
    el("thead", {}, el("tr", {}, head.map((key) => el("th", { scope: "col" }, t(key))))),
    [...targets.values()].map((group) => el("tbody", {},
      group.length > 1 && line(sumRows(group, order), el("b", {}, group[0].target_label), "sum"),
      group.sort((a, b) => place(b) - place(a)).map((row) => line(row, group.length > 1 ? row.priority_label : [el("b", {}, row.target_label), ` · ${row.priority_label}`], group.length > 1 ? "part" : "sum")))));
}

// Only priorities that both policies have, for a fair comparison.
function sumRows(all, order) {
  const both = all.filter((row) => order.includes(row.priority));
  const group = both.length ? both : all;
  const sum = { before: {}, after: {}, newly_kept: 0, newly_missed: 0 };
  for (const side of ["before", "after"]) for (const count of COUNTS) sum[side][count] = group.reduce((total, row) => total + row[side][count], 0);
  for (const turned of ["newly_kept", "newly_missed"]) sum[turned] = group.reduce((total, row) => total + row[turned], 0);
  return sum;
}

function line(row, label, kind) {
  const [before, after] = [shareOf(row.before), shareOf(row.after)];
  const change = before === null || after === null ? null : 100 * (after - before);
  const tone = change === null || Math.abs(change) < 0.05 ? "same" : change > 0 ? "better" : "worse";
  return el("tr", { class: kind }, el("th", { scope: "row" }, label), share(row.before, before), share(row.after, after),
    el("td", { class: tone }, change === null ? "–" : tone === "same" ? "=" : `${tone === "better" ? "▲" : "▼"} ${points.format(change)}`,
      el("span", { class: "soft small" }, changeText(row))));
}

const shareOf = ({ kept, missed }) => (kept + missed ? kept / (kept + missed) : null);

function share(counts, value) {
  if (value === null) return el("td", { class: "zero" }, counts.running ? t("what_if_running", { count: counts.running }) : t("what_if_no_promise"));
  return el("td", {}, percent.format(value), el("span", { class: "soft small" }, t("of_total", { part: counts.kept, total: counts.kept + counts.missed })));
}

function changeText({ newly_kept: kept, newly_missed: missed }) {
  return [missed && t("what_if_newly_missed", { count: missed }), kept && t("what_if_newly_kept", { count: kept })].filter(Boolean).join(", ");
}

function trouble(error) {
  progress.textContent = error.words || t("unreachable");
  fill(result);
  if (!error.body?.problems) return;
  find("#what-if details").open = true;
  fill(find("#what-if-problems"), error.body.problems.map((one) => el("li", {},
    one.line ? el("button", { type: "button", class: "bare", onclick: () => goToLine(one.line) }, t("what_if_line", { line: one.line })) : null,
    el("span", {}, [one.key, one.message].filter(Boolean).join(": "), one.allowed && el("span", { class: "soft" }, ` (${one.allowed})`)))));
}

function goToLine(line) {
  const lines = text.value.split("\n");
  const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(from, from + lines[line - 1].length);
  text.scrollTop = (line - 4) * (text.scrollHeight / lines.length);
}

find("#what-if form").addEventListener("submit", (event) => { event.preventDefault(); compare(); });
chooser.addEventListener("change", () => load().catch((error) => trouble(error)));
begin();
