"""Alert queues by destination, and the targets that were missed."""
