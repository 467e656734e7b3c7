"""WhatsApp through Twilio: what comes in, what goes out, and how it fails."""
