"""Outgoing webhook endpoints, the event feed and the queue of each endpoint."""
