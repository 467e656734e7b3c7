"""A ticket's SLA targets and deadlines: computed, explained, escalated, replayed under another policy."""
