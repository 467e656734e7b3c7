"""State of the agents' forum group: topics and queued posts."""
