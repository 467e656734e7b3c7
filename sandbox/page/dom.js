// Small helpers to build page elements; nothing about phones.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "html") node.innerHTML = value;
    else if (name === "style") for (const [key, each] of Object.entries(value)) node.style.setProperty(key, each);
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const ICON_PATHS = {
  send: '<path d="M4 12l16-8-6 16-3-6z" fill="currentColor" stroke="none"/>',
  clip: '<path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a2 2 0 0 1-3-3L14 7"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  dots: '<circle cx="12" cy="5" r="1.6" fill="currentColor"/><circle cx="12" cy="12" r="1.6" fill="currentColor"/><circle cx="12" cy="19" r="1.6" fill="currentColor"/>',
  back: '<path d="M15 5l-7 7 7 7"/>',
  photo: '<rect x="4" y="5" width="16" height="14" rx="2"/><circle cx="9" cy="10" r="1.5"/><path d="M5 18l5-5 3 3 3-3 3 3"/>',
  document: '<path d="M7 3h7l4 4v14H7z"/><path d="M14 3v4h4M10 12h5M10 16h5"/>',
  voice: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M6 11a6 6 0 0 0 12 0M12 17v4"/>',
  place: '<path d="M12 21s7-6.5 7-11a7 7 0 0 0-14 0c0 4.5 7 11 7 11z"/><circle cx="12" cy="10" r="2.5"/>',
  contact: '<circle cx="12" cy="9" r="3.5"/><path d="M5 20a7 7 0 0 1 14 0"/>',
  sticker: '<path d="M20 12a8 8 0 1 0-8 8c4 0 8-4 8-8z"/><path d="M9 10v.500M15 10v.500M9 14c1.5 2 4.5 2 6 0"/>',
  upload: '<path d="M12 16V5M7 9l5-5 5 5M5 19h14"/>',
  reply: '<path d="M10 8L5 12l5 4M5 12h9a5 5 0 0 1 5 5"/>',
  edit: '<path d="M5 19l1-4L16 5l3 3L9 18z"/>',
  smile: '<circle cx="12" cy="12" r="8"/><path d="M9 10v.500M15 10v.500M9 14c1.5 2 4.5 2 6 0"/>',
  play: '<path d="M8 5l11 7-11 7z" fill="currentColor" stroke="none"/>',
  pause: '<path d="M8 5v14M16 5v14" stroke-width="3"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  pin: '<path d="M9 4h6l-1 6 3 3H7l3-3zM12 13v7"/>',
  slash: '<rect x="4" y="4" width="16" height="16" rx="4"/><path d="M14 8l-4 8"/>',
  trash: '<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"/>',
  phone: '<rect x="7" y="3" width="10" height="18" rx="2.5"/><path d="M11 18h2"/>',
  people: '<circle cx="9" cy="9" r="3"/><path d="M3 19a6 6 0 0 1 12 0"/><path d="M15 6.5a3 3 0 0 1 0 5.5M17 14.5a6 6 0 0 1 4 4.5"/>',
  bell: '<path d="M6 17h12l-1.5-3V10a4.5 4.5 0 0 0-9 0v4zM10.5 20h3"/>',
  storm: '<path d="M7 15a4 4 0 0 1 0-8 5 5 0 0 1 9.5 1A3.5 3.5 0 0 1 17 15M12 12l-2 4h4l-2 4"/>',
  list: '<path d="M8 6h12M8 12h12M8 18h12M4 6h.100M4 12h.100M4 18h.100"/>',
  check: '<path d="M5 12l5 5 9-10"/>',
  right: '<path d="M5 12h14M13 6l6 6-6 6"/>',
};

export function icon(name, label = "") {
  const holder = document.createElement("span");
  holder.className = "icon";
  holder.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${ICON_PATHS[name]}</svg>`;
  if (label) holder.setAttribute("aria-label", label);
  return holder;
}

export function iconButton(name, label, onclick, extra = {}) {
  return el("button", { type: "button", class: "icon-button", title: label, "aria-label": label, onclick, ...extra }, icon(name));
}

export function linkify(text) {
  const parts = text.split(/(https?:\/\/[^\s<>]+)/);
  return parts.map((part, n) => (n % 2 ? el("a", { href: part, target: "_blank", rel: "noopener" }, part) : part));
}

export function menu(anchor, entries) {
  closeMenus();
  const list = el("div", { class: "menu", role: "menu" }, entries.map((entry) => menuItem(entry)));
  anchor.append(list);
  list.querySelector("button")?.focus();
  setTimeout(() => document.addEventListener("click", closeMenus, { once: true }));
  return list;
}

function menuItem(entry) {
  if (entry.title) return el("p", { class: "menu-title" }, entry.title);
  const mark = "on" in entry ? el("span", { class: entry.on ? "switch on" : "switch" }) : null;
  return el(
    "button",
    { type: "button", role: "menuitem", class: entry.danger ? "danger" : "", onclick: (event) => { event.stopPropagation(); closeMenus(); entry.act(); } },
    entry.icon ? icon(entry.icon) : null,
    el("span", {}, entry.label, entry.hint ? el("small", {}, entry.hint) : null),
    mark,
  );
}

export function closeMenus() {
  document.querySelectorAll(".menu").forEach((each) => each.remove());
}

document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(); });

export function toast(text, tone = "") {
  const note = el("div", { class: `toast ${tone}` }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 5000);
}
