"""Alerts to managers and agents: when to send them, their texts, and what replies to them do."""
