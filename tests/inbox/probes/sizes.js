// What the page and each thing that it loaded weigh, in bytes, unpacked.
() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind)).map((entry) => entry.decodedBodySize)
