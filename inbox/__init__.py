"""Web pages for agents and managers: sign-in, the inbox, the overview, and their JSON.

Turns requests into calls to the desk, and results into pages; holds no rules about tickets.
"""

from inbox.registration import register

__all__ = ["register"]
