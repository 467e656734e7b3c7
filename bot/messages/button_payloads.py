"""Payloads of buttons that several packages know. They're stored and sent: never rename a value."""

QUOTE, ACCESS = "quote", "access"
"""Questions about a ticket that stay open: accept this quote? grant access for how long?"""

WRITE_AGAIN = "write_again"
"""The button of the WhatsApp template that says messages are waiting: it asks for nothing but these."""
