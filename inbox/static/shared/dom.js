// Builds and updates the page. Text only becomes text nodes; nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  attach: "M14.5 7.5 8 14a2.1 2.1 0 0 0 3 3l7-7a4.2 4.2 0 0 0-6-6l-7.3 7.3a6.3 6.3 0 0 0 9 9L19 15",
  back: "m14 6-6 6 6 6",
  bot: "M5 20v-9a7 7 0 0 1 14 0v9M3.5 20h17M5 15.5h14",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2 12.5 4.5 4.5L16 7.5M12 16l1 1 9.5-9.5",
  clock: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  close: "m6 6 12 12M18 6 6 18",
  file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5",
  hand: "M4 13v5a3 3 0 0 0 3 3h6l7-6.5a1.6 1.6 0 0 0-2.2-2.3L14 15.5m0 0V14a2 2 0 0 0-2-2H8l-1-1H4m10 4.5h-3M9 8l2.5 2L18 3",
  hold: "M9 5v14M15 5v14",
  info: "M12 11v6M12 7.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  mail: "M3.5 6h17v12h-17zM4 6.5l8 7 8-7",
  pen: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z",
  play: "M8 5v14l11-7z",
  reopen: "M4 4v6h6M4.5 15a8 8 0 1 0 1.2-7.8L4 10",
  reply: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  telegram: "M20.5 4 3 11l5.5 2 2 6.5L14 15l4.5 3zM8.5 13l9-6.5-7 8",
  warn: "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.01",
  whatsapp: "M4 20l1.3-4A8 8 0 1 1 8.4 19zM9 9.2c0 3.2 2.6 5.8 5.8 5.8l1-1.6-2-1-.9.8a5 5 0 0 1-2.1-2.1l.8-.9-1-2z",
};

// el("a", { href, class, onclick, "aria-label" }, child, [children], "text"): a new element.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value === "boolean") node[name] = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

// svg("line", { x1, … }, child): a new SVG element.
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter(Boolean));
  return node;
}

export const icon = (name, className = "") =>
  svg("svg", { viewBox: "0 0 24 24", class: `icon ${className}`, "aria-hidden": "true" }, svg("path", { d: PATHS[name] || PATHS.mail }));

// A priority as bars, with its label for screen readers.
export function bars(level, of, label) {
  const most = Math.max(of, 3);
  const bar = (_, n) => {
    const height = 4 + (10 * (n + 1)) / most;
    return svg("rect", { x: 1 + (n * 14) / most, y: 15 - height, width: 14 / most - 1.2, height, rx: 1, class: n <= level ? "on" : "off" });
  };
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return svg("svg", { viewBox: "0 0 16 16", class: `bars level-${of > 1 && level === of - 1 ? "top" : level}`, ...named }, ...Array.from({ length: most }, bar));
}

export const find = (selector) => document.querySelector(selector);

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
}

// Sync the children of `parent` with `items`, matched by key(item). A child is rebuilt only if its item changed,
// and moved only if its place did, so that focus and scrolling stay where they are.
export function reconcile(parent, items, key, make) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let after = null;
  for (const item of items) {
    const id = key(item);
    const print = JSON.stringify(item);
    let node = old.get(id);
    old.delete(id);
    if (!node || node.print !== print) {
      const fresh = make(item, node);
      fresh.dataset.key = id;
      fresh.print = print;
      if (node) swap(node, fresh);
      node = fresh;
    }
    const place = after ? after.nextElementSibling : parent.firstElementChild;
    if (place !== node) parent.insertBefore(node, place);
    after = node;
  }
  for (const node of old.values()) node.remove();
}

function swap(node, fresh) {
  const hadFocus = node.contains(document.activeElement);
  node.replaceWith(fresh);
  if (hadFocus) (fresh.matches("a,button,[tabindex]") ? fresh : fresh.querySelector("a,button,[tabindex]"))?.focus({ preventScroll: true });
}
