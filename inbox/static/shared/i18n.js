// Texts in the agent's language, times in the desk's time zone.

const start = JSON.parse(document.getElementById("start").textContent);
export { start };

const skew = Date.parse(start.now) - Date.now();
export const now = () => Date.now() + skew;

// t("claimed", { name }): the text with its placeholders filled; `count` chooses singular or plural.
export function t(key, params = {}) {
  let text = start.words[key] ?? key;
  if (Array.isArray(text)) text = text[plural.select(params.count) === "one" ? 0 : 1];
  return text.replace(/%\((\w+)\)s/g, (gap, name) => (name in params ? inDirection(params[name]) : gap));
}

// People's own words without signs that would turn the rest of the sentence around.
const inDirection = (words) => String(words).replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

const plural = new Intl.PluralRules(start.locale);
const zone = supportedZone(start.zone);
const clock = new Intl.DateTimeFormat(start.locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(start.locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
const year = new Intl.DateTimeFormat(start.locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const brief = new Intl.DateTimeFormat(start.locale, { timeZone: zone, day: "numeric", month: "short" });
const briefYear = new Intl.DateTimeFormat(start.locale, { timeZone: zone, day: "numeric", month: "short", year: "numeric" });
const date = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
const short = new Intl.DateTimeFormat(start.locale, { timeZone: zone, weekday: "short", day: "numeric" });
const long = new Intl.DateTimeFormat(start.locale, { timeZone: zone, dateStyle: "long" });
const full = new Intl.DateTimeFormat(start.locale, { timeZone: zone, dateStyle: "full", timeStyle: "short" });

function supportedZone(name) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

export const at = (iso) => clock.format(new Date(iso));
export const dateTimeLong = (iso) => full.format(new Date(iso));
export const dateLong = (iso) => long.format(new Date(iso));
export const weekday = (ms) => short.format(new Date(ms));
export const dateOf = (iso) => date.format(new Date(iso));

export function dayOf(iso) {
  const ahead = daysAhead(iso);
  if (ahead === 0) return t("today");
  if (ahead === -1) return t("yesterday");
  const then = new Date(iso);
  return capitalise((ahead > -300 ? day : year).format(then));
}

// “14:02” today, “yesterday 14:02”, “3 Mar 14:02”.
export function when(iso) {
  const ahead = daysAhead(iso);
  if (ahead === 0) return at(iso);
  if (ahead === 1) return t("tomorrow_at", { time: at(iso) });
  if (ahead === -1) return t("yesterday_at", { time: at(iso) });
  return `${(ahead > -300 ? brief : briefYear).format(new Date(iso))} ${at(iso)}`;
}

function daysAhead(iso) {
  return Math.round((Date.parse(dateOf(iso)) - Date.parse(date.format(new Date(now())))) / 86400000);
}

const capitalise = (text) => text.charAt(0).toLocaleUpperCase(start.locale) + text.slice(1);

// A short duration: “42 min”, “3 h”, “2 d”.
export function span(ms) {
  const minutes = Math.round(Math.abs(ms) / 60000);
  if (minutes < 1) return t("under_a_minute");
  if (minutes < 90) return t("minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 6 && minutes % 60) return t("hours_minutes", { h: hours, m: minutes % 60 });
  if (hours < 48) return t("hours", { n: hours });
  return t("days", { n: Math.floor(hours / 24) });
}

// Time left until a deadline: { words, tone } with tone calm, warn, late or held; null if there's none.
export function timeLeft({ due_at: due, warn_at: warn, is_on_hold: isOnHold }) {
  const left = due ? Date.parse(due) - now() : null;
  if (left !== null && left < 0) return { words: `−${span(left)}`, tone: "late" };
  if (isOnHold) return { words: t("on_hold"), tone: "held" };
  if (left === null) return null;
  return { words: span(left), tone: warn && now() >= Date.parse(warn) ? "warn" : "calm" };
}

export function sizeOf(bytes) {
  if (bytes === null || bytes === undefined) return "";
  const units = ["B", "kB", "MB", "GB"];
  let n = 0;
  while (bytes >= 1000 && n < 3) [bytes, n] = [bytes / 1000, n + 1];
  return `${new Intl.NumberFormat(start.locale, { maximumFractionDigits: bytes < 10 && n ? 1 : 0 }).format(bytes)} ${units[n]}`;
}

// A colleague by id; an unknown one has no name.
export const person = (id) => start.people.find((one) => one.id === id);

export const targetName = (key) => start.targets[key] || key || "";
