// A sparkline of the last fourteen days: the share of deadlines met each day; days without any are skipped.

import { svg } from "../shared/dom.js";
import { now, t, weekday } from "../shared/i18n.js";

const [WIDTH, HEIGHT, PADDING, DAY] = [84, 24, 3, 86400000];

// days: [met, total] for each day, today last.
export function sparkline(days) {
  const points = days.map(([kept, total], n) => ({ n, total, share: total ? kept / total : 0 })).filter(({ total }) => total);
  const place = ({ n, share }) => [PADDING + (n * (WIDTH - 2 * PADDING)) / (days.length - 1), HEIGHT - PADDING - share * (HEIGHT - 2 * PADDING)].map((at) => at.toFixed(1));
  const drawing = svg("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": told(days) },
    svg("line", { class: "all", x1: PADDING, x2: WIDTH - PADDING, y1: PADDING, y2: PADDING }),
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
