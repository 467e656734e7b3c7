"""Notifications to customers: the status of their ticket and changes to it."""
