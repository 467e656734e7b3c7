"""Outgoing webhooks: queue events and send them."""
