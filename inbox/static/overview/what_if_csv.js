// The comparison as CSV: a line for each target and priority.

import { dateOf, now, start, t } from "../shared/i18n.js";

const COUNTS = ["kept", "missed", "running"];
const HEADS = { kept: "what_if_kept", missed: "what_if_missed", running: "what_if_open" };
const FORMULA = /^[=+\-@\t\r\n\0]/;

export const fileName = () => `guichet-what-if-${dateOf(new Date(now()).toISOString())}.csv`;

// Spreadsheets need the byte order mark, and a semicolon between cells where numbers have a decimal comma.
export function toCsv(rows) {
  const separator = start.locale.startsWith("en") ? "," : ";";
  return `\ufeff${[heading(), ...rows.map(line)].map((cells) => cells.map(cell).join(separator)).join("\r\n")}\r\n`;
}

const heading = () => [t("what_if_promise"), t("priority"), ...["what_if_before", "what_if_after"].flatMap((side) =>
  COUNTS.map((count) => t("what_if_column", { side: t(side), count: t(HEADS[count]) }))), t("what_if_turned_kept"), t("what_if_turned_missed")];

const line = (row) => [row.target_label, row.priority_label, ...["before", "after"].flatMap((side) => COUNTS.map((count) => row[side][count])),
  row.newly_kept, row.newly_missed];

// Keep spreadsheets from running text as a formula.
function cell(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
