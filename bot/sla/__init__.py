"""Targets and deadlines of a ticket: computed, explained, escalated, replayed under another policy."""
