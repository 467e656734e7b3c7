// What the page and each of its assets weigh, in bytes, unpacked.
() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .filter((entry) => entry.initiatorType !== "fetch").map((entry) => entry.decodedBodySize)
