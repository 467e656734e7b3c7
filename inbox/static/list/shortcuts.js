// Keyboard shortcuts: one letter for each action, disabled while typing.

const isTyping = (target) => target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

// table: key -> action. `Escape` works from inside inputs as well.
export function listen(table) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isTyping(event.target) && event.key !== "Escape") return;
    const action = table[event.key];
    if (!action) return;
    event.preventDefault();
    action(event.target);
  });
}
