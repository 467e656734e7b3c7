"""Audit and repair of what is stored, failed jobs, reconciliation with Twilio."""
