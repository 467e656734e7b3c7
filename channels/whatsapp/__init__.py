"""WhatsApp through Twilio: webhook parsing, sending, receipts, and errors."""
