"""Outgoing webhooks on the wire: URL guard, signature, POST."""
