"""Rules of the agents' Telegram forum group: what a topic shows of a ticket, and what an agent's message means."""
