"""Rules of outgoing messages: retries, delivery status, messages held by WhatsApp's window, blocked contacts."""
