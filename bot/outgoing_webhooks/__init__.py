"""Events for other systems, and when a failed delivery is retried."""
