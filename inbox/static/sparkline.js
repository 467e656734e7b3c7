// The last fourteen days as a small line: the share kept of each day's promises; days without any are skipped.

import { svg } from "./dom.js";
import { now, t, weekday } from "./words.js";

const [WIDE, HIGH, EDGE, DAY] = [84, 24, 3, 86400000];

// days: [kept, total] each, today last.
export function sparkline(days) {
  const points = days.map(([kept, total], n) => ({ n, total, share: total ? kept / total : 0 })).filter(({ total }) => total);
  const place = ({ n, share }) => [EDGE + (n * (WIDE - 2 * EDGE)) / (days.length - 1), HIGH - EDGE - share * (HIGH - 2 * EDGE)].map((at) => at.toFixed(1));
  const drawing = svg("svg", { class: "spark", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": told(days) },
    svg("line", { class: "all", x1: EDGE, x2: WIDE - EDGE, y1: EDGE, y2: EDGE }),
    points.length > 1 && svg("polyline", { points: points.map((point) => place(point).join(",")).join(" ") }));
  if (!points.length) return drawing;
  const [x, y] = place(points.at(-1));
  drawing.append(svg("circle", { cx: x, cy: y, r: 2 }));
  return drawing;
}

function told(days) {
  const words = days.map(([kept, total], n) => total && `${weekday(now() - (days.length - 1 - n) * DAY)} ${t("of_total", { part: kept, total })}`);
  return t("spark", { days: words.filter(Boolean).join(", ") || t("spark_none") });
}
