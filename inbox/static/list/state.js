// What the page shows just now; the one thing that its parts share.

import { find } from "../shared/dom.js";
import { start } from "../shared/i18n.js";

export const VIEWS = ["mine", "unassigned", "open", "waiting", "overdue", "solved"];

const FILTERS = ["priority", "channel", "language", "agent", "age", "due"];

// The filters that an address sets.
export const filtersFrom = (params) => Object.fromEntries(FILTERS.map((name) => [name, params.get(name)]).filter(([, value]) => value));

// The address of the list as it is shown.
export const listQuery = () => `view=${state.view}${Object.entries(state.filters).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("")}`;

export const app = find("#app");

export const state = {
  view: start.list.view,
  list: start.list,
  filters: Object.fromEntries((start.list.filters || []).map(({ name, value }) => [name, value])), // which tickets of the view
  query: "", // what is searched for, in place of the view
  archived: { rows: [], query: "" }, // what the archive has found, and for which words
  open: null, // the ticket on the screen
  wanted: start.open?.ticket.id || "", // the ticket that was asked for last
  isListStale: false, // it could not be loaded when it should have been
};

// On a phone one pane is shown at a time.
export const show = (pane) => { app.dataset.pane = pane; };

// Mark the page as busy while `work` lasts, if it lasts long enough to be noticed.
export async function busyWhile(work) {
  const slow = setTimeout(() => app.setAttribute("aria-busy", "true"), 200);
  try {
    return await work;
  } finally {
    clearTimeout(slow);
    app.removeAttribute("aria-busy");
  }
}
