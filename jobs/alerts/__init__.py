"""Alerts: deadline check, sending, replies to an alert, recipients, reports."""
