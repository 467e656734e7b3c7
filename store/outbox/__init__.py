"""The outbox: entries, delivery lanes, rate limits, template quota, and the RQ job queue."""
