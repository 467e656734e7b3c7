"""Agents: sign-in, sessions, passwords, API tokens, Telegram link codes."""
