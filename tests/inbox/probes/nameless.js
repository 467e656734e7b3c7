// Every control and picture on the page that says nothing to those who listen.
() => [...document.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea, img")]
  .filter((node) => node.checkVisibility())
  .filter((node) => !["aria-label", "alt", "title", "placeholder"].some((name) => node.getAttribute(name)))
  .filter((node) => !node.textContent.trim() && !node.labels?.length)
  .map((node) => node.outerHTML.slice(0, 80))
