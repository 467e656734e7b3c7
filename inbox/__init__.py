"""The pages of those who answer: sign-in, the inbox of agents, the overview of managers, and their JSON.

Translates requests into calls of the desk and answers into pages; decides nothing about tickets.
"""

from inbox.registration import register

__all__ = ["register"]
