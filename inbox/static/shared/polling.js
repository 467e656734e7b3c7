// Polls for changes every second, less often while the page is hidden or the desk is unreachable.

import { get, RequestError } from "./api.js";
import { start } from "./i18n.js";

const INTERVAL = 1000;
const HIDDEN_INTERVAL = 15000;
const MAX_INTERVAL = 15000;

let cursor = start.cursor;
let failures = 0;
let timer = 0;
let isStopped = false;

window.addEventListener("signed-out", () => { isStopped = true; });

// onChange({ tickets, others }) is called after every response; openTicket() returns the open ticket's id.
export function startPolling({ onChange, openTicket = () => "" }) {
  const again = () => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(ask, pause());
  };
  const ask = async () => {
    try {
      const path = `/changes?since=${encodeURIComponent(cursor)}&ticket=${encodeURIComponent(openTicket() || "")}`;
      const news = await get(path);
      cursor = news.cursor;
      failures = 0;
      await onChange(news);
    } catch (error) {
      failures += 1;
      if (error instanceof RequestError && error.status === 401) return;
    }
    again();
  };
  const now = () => { clearTimeout(timer); if (!isStopped) ask(); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) now(); });
  window.addEventListener("online", now);
  again();
}

function pause() {
  if (failures) return Math.min(MAX_INTERVAL, INTERVAL * 2 ** (failures - 1));
  return document.hidden ? HIDDEN_INTERVAL : INTERVAL;
}
