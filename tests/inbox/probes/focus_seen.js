// Whether the eye finds where the keyboard is.
() => {
  const at = document.activeElement;
  if (at === document.body) return true;
  const shown = [at, at.closest("#composer, .search")].filter(Boolean).map((node) => getComputedStyle(node));
  return shown.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}
