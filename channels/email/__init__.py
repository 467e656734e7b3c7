"""E-mail as a channel for alerts."""
