// Quotes for technical work, and temporary access.

import { el } from "../shared/dom.js";
import { t, when } from "../shared/i18n.js";

export function quoteNode(ticket, act) {
  const { quote, can } = ticket;
  if (!quote && !can.quote) return null;
  return [quote && quoteStatus(quote), can.quote && quoteForm(quote, act)];
}

function quoteStatus({ price, terms, state, answered_at: answeredAt }) {
  return el("div", { class: `quote ${state}` },
    el("p", {}, el("b", {}, el("bdi", {}, price)), " ", el("span", { class: "state" }, t(`quote_${state}`, { time: answeredAt ? when(answeredAt) : "" }))),
    terms && el("p", { class: "soft terms", dir: "auto" }, terms));
}

// A button that turns into a form.
function quoteForm(quote, act) {
  const words = t(quote ? "quote_again" : "quote_make");
  const price = el("input", { id: "quote-price", class: "agreement", maxlength: 60, required: true, autocomplete: "off", placeholder: "€ 120" });
  const terms = el("textarea", { id: "quote-terms", class: "agreement", rows: 3, maxlength: 1000, dir: "auto" });
  const key = crypto.randomUUID();
  const form = el("form", { class: "agreement", hidden: true, onsubmit: (event) => {
    event.preventDefault();
    if (!price.value.trim()) return;
    form.hidden = true;
    act("quote", { price: price.value, terms: terms.value, key });
  } },
  el("label", { for: "quote-price" }, t("quote_price")), price,
  el("label", { for: "quote-terms" }, t("quote_terms")), terms,
  el("div", { class: "buttons" }, el("button", { type: "button", class: "bare", onclick: () => shut() }, t("quote_leave")), el("button", { class: "main" }, t("quote_send"))));
  const open = el("button", { type: "button", id: "make-quote", onclick: () => { form.hidden = false; open.hidden = true; price.focus(); } }, words);
  const shut = () => { form.hidden = true; open.hidden = false; open.focus(); };
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); shut(); } });
  return el("div", {}, open, form);
}

export function accessNode(ticket, act) {
  const { access, can } = ticket;
  if (!access && !can.ask_access) return null;
  return el("div", { class: "access" },
    access?.until && el("p", {}, t("access_until", { time: when(access.until) })),
    access?.is_asked && el("p", { class: "soft" }, t("access_asked")),
    can.ask_access && el("button", { type: "button", id: "ask-access", onclick: () => act("ask-access") }, t("access_ask")),
    can.end_access && el("button", { type: "button", id: "end-access", onclick: () => act("end-access") }, t("access_end")));
}

// Badges for unusual tickets.
export function badgesOf({ is_emergency: isEmergency, is_vip: isVip, is_over_quota: isOverQuota }) {
  const mark = (name) => el("span", { class: `mark ${name}` }, t(`mark_${name}`));
  return [isEmergency && mark("emergency"), isVip && mark("vip"), isOverQuota && mark("over_quota")];
}
