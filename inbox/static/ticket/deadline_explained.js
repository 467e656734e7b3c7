// Explains a deadline: every period that was counted or skipped, from the start to the due time.

import { el, fill, find, icon } from "../shared/dom.js";
import { get } from "../shared/api.js";
import { notice } from "../shared/toasts.js";
import { start, t } from "../shared/i18n.js";

const dialog = find("#why");
const DAY = 86400;
let clock = clockOf(start.zone);

export async function showExplanation(ticketId, { target, turn }) {
  try {
    const told = await get(`/tickets/${encodeURIComponent(ticketId)}/explain?target=${target}&turn=${turn}`);
    clock = clockOf(told.zone);
    draw(told);
    dialog.showModal();
    find("#why-lines").scrollTop = 0;
  } catch (error) {
    notice(error.words || t("unreachable"), { isBad: true });
  }
}

function draw(told) {
  const title = told.due_at ? t("why_title", { target: told.label, time: clock.day(told.due_at) + clock.time(told.due_at) }) : t("why_held", { target: told.label });
  fill(dialog,
    el("header", {}, el("h2", { id: "why-title" }, title),
      el("button", { type: "button", class: "bare", autofocus: true, "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
    el("p", {}, t("why_promised", { priority: told.priority, promised: told.promised })),
    el("p", { class: "soft small" }, t("why_from", { time: clock.day(told.started_at) + clock.time(told.started_at), zone: told.zone })),
    told.notes.map((words) => el("p", { class: "remark" }, words)),
    strip(told),
    el("ol", { id: "why-lines", tabindex: "0", "aria-label": title }, told.lines.map((line) => lineNode(line, told))),
    told.left_out > 0 && el("p", { class: "soft small" }, t("why_more")),
    el("p", { class: "sum" }, el("span", {}, t(told.due_at ? "why_sum" : "why_so_far")), el("b", {}, exactDuration(told.counted_seconds))),
    used(told));
}

// An overview as a drawing; screen readers read the lines instead.
function strip(told) {
  const from = Date.parse(told.started_at);
  const all = told.stretches.length ? Date.parse(told.stretches.at(-1).to) - from : 0;
  if (told.left_out || told.stretches.length < 2 || !all) return null;
  return el("div", { class: "strip", "aria-hidden": "true" }, told.stretches.map((one) => {
    const part = el("i", { class: one.counted ? "counted" : one.reason });
    part.style.flexGrow = one.seconds;
    return part;
  }));
}

function lineNode(line, told, isOften = false) {
  if (line.lines) return groupNode(line, told);
  const times = isOften ? `${clock.time(line.from)} – ${clock.time(line.to)}` : clock.range(line.from, line.to);
  return el("li", { class: line.tone }, el("span", { class: "times" }, times), el("bdi", {}, line.words), length(line));
}

function groupNode(fold, told) {
  return el("li", { class: "fold" }, el("details", {},
    el("summary", {}, el("span", { class: "times" }, clock.days(begins(fold), fold.to)), el("span", {}, fold.words), length(fold)),
    el("p", { class: "soft small" }, t("why_each")),
    el("ol", {}, fold.lines.map((line) => lineNode(line, told, true)))));
}

// Named by its open days, since a group may begin with the night before.
const begins = (fold) => (fold.lines.find((line) => line.counted_seconds) ?? fold).from;

const length = (line) => (line.counted_seconds ? el("span", { class: "length" }, exactDuration(line.counted_seconds))
  : el("span", { class: "length" }, el("span", { class: "away" }, `${t("why_skipped")}: `), el("s", {}, exactDuration(line.seconds))));

function used(told) {
  const words = {
    running: "why_used", warned: "why_used", on_hold: null, met: "why_met", missed: "why_met", overdue: "overdue_since",
  }[told.standing];
  if (!words) return null;
  const late = told.standing === "overdue" || told.standing === "missed";
  const at = told.standing === "overdue" ? told.due_at : told.met_at;
  return el("p", { class: late ? "late" : "soft" }, t(words, {
    used: exactDuration(told.used_seconds), left: exactDuration(told.counted_seconds - told.used_seconds), time: at && clock.day(at) + clock.time(at),
  }));
}

// “7 h 30”, “42 min”: rounds only seconds, so that the sum is right.
function exactDuration(seconds) {
  const minutes = Math.round(seconds / 60);
  if (!minutes) return t("under_a_minute");
  if (minutes < 60) return t("minutes", { n: minutes });
  const rest = String(minutes % 60).padStart(2, "0");
  const hours = Math.floor(minutes / 60);
  return minutes % 60 ? t("hours_minutes", { h: hours, m: rest }) : t("hours", { n: hours });
}

// Days and times in the desk's time zone.
function clockOf(zone) {
  const locale = start.locale === "en" ? "en-GB" : start.locale; // “Tue 3 Mar”
  const made = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const [hour, short, long] = [made({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }), made({ weekday: "short" }), made({ weekday: "short", day: "numeric", month: "short" })];
  const on = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
  const time = (iso) => hour.format(new Date(iso));
  const dayOf = (at) => long.format(at).replace(",", "");
  const day = (iso) => `${dayOf(new Date(iso))} `;
  const isSame = (from, to) => on.format(new Date(from)) === on.format(new Date(to));
  const near = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000 < 6 * DAY;
  return {
    time,
    day,
    days: (from, to) => {
      const last = new Date(Date.parse(to) - 1000);
      const end = on.format(last);
      return end === on.format(new Date(from)) ? dayOf(new Date(from)) : `${dayOf(new Date(from))} – ${dayOf(last)}`;
    },
    range: (from, to) => `${day(from)}${time(from)} – ${isSame(from, to) ? "" : near(from, to) ? `${short.format(new Date(to))} ` : day(to)}${time(to)}`,
  };
}
