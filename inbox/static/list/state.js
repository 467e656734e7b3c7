// The state of the page, shared by its parts.

import { find } from "../shared/dom.js";
import { start } from "../shared/i18n.js";

export const VIEWS = ["mine", "unassigned", "open", "waiting", "overdue", "solved"];

const FILTERS = ["priority", "channel", "language", "agent", "age", "due"];

// The filters in a URL.
export const filtersFrom = (params) => Object.fromEntries(FILTERS.map((name) => [name, params.get(name)]).filter(([, value]) => value));

// The URL of the list as shown.
export const listQuery = () => `view=${state.view}${Object.entries(state.filters).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("")}`;

export const app = find("#app");

export const state = {
  view: start.list.view,
  list: start.list,
  filters: Object.fromEntries((start.list.filters || []).map(({ name, value }) => [name, value])), // of the view
  query: "", // search text, instead of the view
  archived: { rows: [], query: "" }, // results from the archive, and their search text
  open: null, // the open ticket
  wanted: start.open?.ticket.id || "", // the ticket requested last
  isListStale: false, // the last load failed
};

// Phones show one pane at a time.
export const show = (pane) => { app.dataset.pane = pane; };

// Mark the page as busy during `work`, if it takes long enough to notice.
export async function busyWhile(work) {
  const slow = setTimeout(() => app.setAttribute("aria-busy", "true"), 200);
  try {
    return await work;
  } finally {
    clearTimeout(slow);
    app.removeAttribute("aria-busy");
  }
}
