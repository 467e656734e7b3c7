// From now on `window.long` gathers every stretch, in ms, in which the page did not answer.
() => {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
}
