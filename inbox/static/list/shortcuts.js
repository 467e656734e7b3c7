// Keyboard shortcuts: one letter for each action, disabled while typing; with Alt, some work there too.

const isTyping = (target) => target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

let layout = null; // which key types what, if the browser tells
navigator.keyboard?.getLayoutMap?.().then((known) => { layout = known; }, () => {});

// table: key -> action; `Escape` works from inside inputs as well. altTable: letter -> action, with Alt.
export function listen(table, altTable) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.getModifierState("AltGraph")) return;
    if (document.querySelector("dialog[open]")) return;
    if (!event.altKey && isTyping(event.target) && event.key !== "Escape") return;
    const action = event.altKey ? altTable[letterOf(event)] : table[event.key];
    if (!action) return;
    event.preventDefault();
    action(event.target);
  });
}

// The letter on the key. With Alt, some systems type another sign (“®” for R): then the layout says, or the place.
export function letterOf({ key, code }) {
  const typed = [key, layout?.get(code), code.replace(/^Key/, "")].find((one) => /^[a-z]$/i.test(one || ""));
  return (typed || "").toLowerCase();
}
