"""Rules of outgoing messages: retries, delivery status, the messages held by WhatsApp's window, blocked contacts."""
