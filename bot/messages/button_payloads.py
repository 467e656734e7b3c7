"""Button payloads shared by several packages. They're stored and sent: never change a value."""

QUOTE, ACCESS = "quote", "access"
"""Questions about a ticket that stay open: accept this quote? grant access for how long?"""

SECOND = "second"
"""Open a second request with these words? It stays open too, until an agent answers."""

WRITE_AGAIN = "write_again"
"""The button of the WhatsApp template saying that messages are waiting: it only asks for those messages."""
